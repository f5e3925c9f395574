// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear
import IsobathTestSupport
import Testing

/// Matrices rounded to storage types, bit for bit as gguf's quantisation and back:
/// untrained/rounding.safetensors.
@Suite struct RoundingTests {
  private static let file = Fixtures.path("untrained/rounding.safetensors")

  private func weights(_ rounding: WeightRounding?) throws -> Weights {
    Weights(
      try .safetensors(Self.file), loads: true, treatment: WeightTreatment(rounding: rounding))
  }

  @Test(arguments: WeightRounding.allCases) func everyType(_ type: WeightRounding) throws {
    let wanted = try weights(nil).matrix(type.rawValue, 64, 64).elements.map(\.bitPattern)
    let found = try weights(type).matrix("weight", 64, 64).elements.map(\.bitPattern)
    #expect(zip(found, wanted).count { $0 != $1 } == 0)
    #expect(try found != weights(nil).matrix("weight", 64, 64).elements.map(\.bitPattern))
    // Row by row, as tables of tokens are read.
    let rows = (0..<64).reversed() + [3, 3]
    let gathered = try weights(type).gather("weight", rows, 64, 64).elements.map(\.bitPattern)
    #expect(gathered == rows.flatMap { wanted[($0 * 64)..<(($0 + 1) * 64)] })
  }

  private func source(_ columns: Int, _ values: [Float]) throws -> TensorSource {
    let path = try Scratch().write(
      "model.safetensors",
      SafetensorsBytes.file(floats: [
        ("w", [2, columns], values), ("b", [4], [0.1, 0.2, 0.3, 7e4]),
      ])
    )
    return try TensorSource.safetensors(path)
  }

  /// A vector is a norm's or a bias.
  @Test func vectorsStayAsTheyAre() throws {
    let w = Weights(
      try source(2, [1, 2, 3, 4]), loads: true, treatment: WeightTreatment(rounding: .f16))
    #expect(try w.vector("b", 4) == [0.1, 0.2, 0.3, 7e4])
  }

  @Test func rowsOfHalfABlockAreRefusedBeforeTheyAreRead() throws {
    let source = try source(48, [Float](repeating: 1, count: 96))
    let w = Weights(source, loads: false, treatment: WeightTreatment(rounding: .q4_0))
    let error = #expect(throws: CheckpointError.self) { try w.matrix("w", 2, 48) }
    let sentence = "\(try #require(error))"
    for words in ["'w'", "48", "q4_0", "32"] { #expect(sentence.contains(words), "\(sentence)") }
    #expect(throws: CheckpointError.self) { try w.check("w", 2, 48) }
  }

  @Test func numbersThatAHalfCannotHoldAreRefused() throws {
    let source = try source(2, [1, 65519, 65520, 4])
    let fits = Weights(source, loads: true, treatment: WeightTreatment(rounding: .bf16))
    #expect(try fits.matrix("w", 2, 2).elements == [1, 65536, 65536, 4])
    let w = Weights(source, loads: true, treatment: WeightTreatment(rounding: .f16))
    #expect(
      throws: CheckpointError.tooLargeToRound(
        tensor: "w", type: "f16", path: source.path(of: try #require(source.tensors["w"])))
    ) { try w.matrix("w", 2, 2) }
  }
}
