// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

@testable import IsobathChart

@Suite struct NumberTests {
  /// Witness: C's `%.*f`, by way of Python; ties, values between doubles, and both far ends.
  @Test(arguments: [
    (0.125, 2, "0.12"), (2.5, 0, "2"), (3.5, 0, "4"), (1.005, 2, "1.00"),
    (0.1, 15, "0.100000000000000"), (1e-20, 3, "0.000"), (123456.789, 2, "123456.79"),
    (0.5, 0, "0"), (1.5, 0, "2"), (0x1p-30, 15, "0.000000000931323"), (9.995, 2, "9.99"),
    (1e20, 3, "100000000000000000000.000"), (Double.leastNonzeroMagnitude, 15, "0.000000000000000"),
    (1.0 / 3, 10, "0.3333333333"), (1e15 + 0.5, 1, "1000000000000000.5"), (0.045, 2, "0.04"),
    (-0.004, 2, "0.00"), (-1.25, 1, "-1.2"),
  ])
  func fixed(x: Double, places: Int, text: String) {
    #expect(Decimal.fixed(x, places: places) == text)
  }

  @Test func fixedMatchesPrintf() {
    var noise = Noise(11)
    for _ in 0..<20_000 {
      let x = noise.gaussian() * pow(10, (noise.uniform() - 0.5) * 24)
      let places = Int(noise.uniform() * 16)
      let printf = String(format: "%.\(places)f", x)
      let isZero = printf.allSatisfy { "-0.".contains($0) }
      let expected = isZero && printf.hasPrefix("-") ? String(printf.dropFirst()) : printf
      #expect(Decimal.fixed(x, places: places) == expected)
    }
  }

  @Test(arguments: [
    (NumberFormat.automatic, 0.0, "0"), (.automatic, 4.25, "4.25"), (.automatic, 1234.56, "1235"),
    (.automatic, 123_456, "123,456"), (.automatic, -0.5, "−0.5"), (.automatic, 0.00012, "0.00012"),
    (.automatic, 1e-9, "10⁻⁹"), (.automatic, 2.5e20, "2.5×10²⁰"),
    (.fixed(2), 12345.678, "12,345.68"),
    (.fixed(1), -0.04, "0.0"), (.significant(3), 9.996, "10.0"), (.significant(3), 0.01, "0.0100"),
    (.significant(2), 99.6, "100"), (.shortest, 0.1, "0.1"), (.shortest, 3, "3"),
    (.percent(0), 0.25, "25\u{202F}%"), (.compact, 135e6, "135M"), (.compact, 1.3e9, "1.3B"),
    (.compact, 999_999, "1M"), (.compact, 512, "512"), (.power, 0.01, "10⁻²"), (.power, 1, "10⁰"),
    (.power, -3e-12, "−3×10⁻¹²"), (.power, Double.leastNonzeroMagnitude, "4.94×10⁻³²⁴"),
    (.power, 1e308, "10³⁰⁸"),
    (.automatic, .infinity, "∞"), (.fixed(1), -.infinity, "−∞"), (.fixed(1), .nan, "not a number"),
  ])
  func format(format: NumberFormat, x: Double, text: String) {
    #expect(format(x) == text)
  }

  @Test func logarithm() {
    let worst = WorstError("log10", tolerance: Tolerances.logarithm)
    var noise = Noise(3)
    for _ in 0..<20_000 {
      let x = pow(10, (noise.uniform() - 0.5) * 600)
      let system = log10(x)
      worst.record((logarithm10(x) - system) / max(1, abs(system)), at: "\(x)")
    }
    for n in -300...300 { worst.record((logarithm10(tenTo(n)) - Double(n)) / 300, at: "1e\(n)") }
    worst.check()
  }
}
