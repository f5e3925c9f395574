// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels
import IsobathCheckpoint
import IsobathTestSupport
import Testing

/// Stored numbers to float32, bit for bit: gguf/types.gguf against gguf's own dequantisation.
@Suite struct DequantisationTests {
  static let types = [
    "F32", "F16", "BF16", "F64", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K",
    "Q2_K", "Q3_K", "IQ4_NL", "IQ4_XS", "MXFP4", "NVFP4",
  ]
  static let worst = WorstError("dequantised bits", tolerance: Tolerance.dequantisedBits)

  private func floats(_ source: TensorSource, _ tensor: TensorInfo, rows: Range<Int>) throws
    -> [Float]
  {
    let count = tensor.count / tensor.shape[0] * rows.count
    return try [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      try source.load(tensor, rows: rows, into: try #require(buffer.baseAddress))
      initialized = count
    }
  }

  @Test(arguments: types) func everyType(_ name: String) throws {
    let source = try GGUFFile(Fixtures.path("gguf/types.gguf")).source
    let reference = try TensorSource.safetensors(Fixtures.path("gguf/types.safetensors"))
    #expect(Set(source.tensors.keys) == Set(Self.types))
    let tensor = try #require(source.tensors[name])
    let expected = try #require(reference.tensors[name])
    #expect(tensor.type.name == name && tensor.shape == expected.shape)
    let rows = 0..<tensor.shape[0]
    let wanted = try floats(reference, expected, rows: rows)
    compare(try floats(source, tensor, rows: rows), wanted, name)
    // One row at a time, as tables of tokens are read.
    let single = try rows.flatMap { try floats(source, tensor, rows: $0..<($0 + 1)) }
    compare(single, wanted, "\(name), row by row")
    Self.worst.check()
  }

  private func compare(_ found: [Float], _ wanted: [Float], _ name: String) {
    #expect(found.count == wanted.count)
    let different = zip(found, wanted).count { $0.bitPattern != $1.bitPattern }
    Self.worst.record(Double(different), at: name)
  }

  /// Sources lie anywhere: tables are mapped, not copied.
  @Test func everyHalf() {
    for shift in [0, 1] {
      var stored = [UInt8](repeating: 0, count: shift)
      for bits in 0...UInt16.max { stored += bits.littleEndianBytes }
      let halves = converted(stored, shift, isobath_from_f16)
      let brains = converted(stored, shift, isobath_from_bf16)
      var wrong = 0
      for bits in 0...UInt16.max {
        let half = Float(Float16(bitPattern: bits))
        let found = halves[Int(bits)]
        let isSame = half.isNaN ? found.isNaN : found.bitPattern == half.bitPattern
        wrong += isSame ? 0 : 1
        wrong += brains[Int(bits)].bitPattern == UInt32(bits) << 16 ? 0 : 1
      }
      Self.worst.record(Double(wrong), at: "every F16 and BF16, shifted by \(shift)")
    }
    Self.worst.check()
  }

  private func converted(
    _ stored: [UInt8], _ shift: Int,
    _ convert: (UnsafeRawPointer?, Int, UnsafeMutablePointer<Float>?) -> Void
  ) -> [Float] {
    let count = (stored.count - shift) / 2
    return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      stored.withUnsafeBytes {
        convert($0.baseAddress.map { $0 + shift }, count, buffer.baseAddress)
      }
      initialized = count
    }
  }

  @Test func wideNumbersAreRoundedOnce() {
    let wide: [Double] = [
      0.1, -0.0, 1e-46, 1e39, 1 + 0x1p-24, 1 + 0x1.8p-23, .leastNonzeroMagnitude,
    ]
    let stored = wide.flatMap { $0.bitPattern.littleEndianBytes }
    var found = [Float](repeating: 7, count: wide.count)
    stored.withUnsafeBytes { isobath_from_f64($0.baseAddress, wide.count, &found) }
    #expect(found.map(\.bitPattern) == wide.map { Float($0).bitPattern })
  }

  @Test(arguments: [0, 1, 7, 8, 15, 16, 63, 100]) func valuesThatAreNotFinite(_ at: Int) {
    var values = [Float](repeating: .greatestFiniteMagnitude, count: 101)
    var first = 0
    #expect(isobath_count_not_finite(values, values.count, &first) == 0)
    values[at] = -.infinity
    values[100] = .nan
    #expect(isobath_count_not_finite(values, values.count, &first) == (at == 100 ? 1 : 2))
    #expect(first == at)
  }
}
