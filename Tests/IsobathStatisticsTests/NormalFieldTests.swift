// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics
import Testing

/// Normal numbers with addresses.
@Suite struct NormalFieldTests {
  private func numbers(_ first: Int, _ count: Int, seed: UInt64 = 1, group: String = "a") -> [Float]
  {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      NormalField(seed: seed, purpose: "test", group: group)
        .fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), from: first)
      initialized = count
    }
  }

  @Test func aNumberDependsOnItsAddressAlone() {
    let whole = numbers(0, 1000)
    #expect(numbers(700, 300) == Array(whole[700...]))
    #expect(numbers(10, 5) == Array(whole[10..<15]))
    #expect(numbers(0, 1000, seed: 2) != whole && numbers(0, 1000, group: "b") != whole)
    #expect(Set(whole).count == 1000)
  }

  /// Of n normal numbers the mean has standard error 1/√n, the mean square √2/√n, the mean fourth
  /// power √96/√n, and neighbours' mean product 1/√n; five of each.
  @Test func momentsAreNormal() {
    let values = numbers(0, 1 << 20).map(Double.init)
    let root = Double(values.count).squareRoot()
    let mean = { (power: (Double) -> Double) in
      values.reduce(0) { $0 + power($1) } / Double(values.count)
    }
    #expect(abs(mean { $0 }) < 5 / root)
    #expect(abs(mean { $0 * $0 } - 1) < 5 * 2.0.squareRoot() / root)
    #expect(abs(mean { $0 * $0 * $0 * $0 } - 3) < 5 * 96.0.squareRoot() / root)
    let products = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(products / Double(values.count)) < 5 / root)
  }
}
