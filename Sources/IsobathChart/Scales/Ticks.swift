// SPDX-License-Identifier: GPL-3.0-or-later

/// A place on an axis that carries a label.
struct Tick: Sendable, Equatable {
  let value: Value
  let label: String
}

/// Round numbers to label an axis with.
enum Ticks {
  /// The smallest of 1, 2, 5 × 10ⁿ that cuts `span` into no more than `count` parts.
  static func step(span: Double, count: Int) -> Double {
    let raw = span / Double(max(count, 1))
    let exponent = Int(logarithm10(raw).rounded(.down))
    let unit = raw / tenTo(exponent)
    // A hair of slack: 0.2 / 0.1 must be 2, whatever the last bit says.
    let round = [1.0, 2, 5, 10].first { unit <= $0 * (1 + 1e-9) } ?? 10
    return round * tenTo(exponent)
  }

  /// The multiples of `step` between two numbers.
  static func multiples(of step: Double, from low: Double, to high: Double) -> [Double] {
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard abs(first) < 1e15, abs(last) < 1e15, last >= first, last - first < 1000 else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// As many decimals as the step needs, the same for every label of an axis.
  static func labels(_ values: [Double], step: Double, format: NumberFormat) -> [String] {
    guard format == .automatic else { return values.map { format($0) } }
    let exponent = Int((logarithm10(step) + 1e-9).rounded(.down))
    let largest = values.map { abs($0) }.max() ?? 0
    if largest >= 1e6 || exponent < -5 {
      let magnitude = largest > 0 ? Int(logarithm10(largest).rounded(.down)) : exponent
      let digits = min(15, max(1, magnitude - exponent + 1))
      return values.map { withMinus(NumberFormat.power($0, digits: digits)) }
    }
    return values.map { NumberFormat.fixed(max(0, -exponent))($0) }
  }
}
