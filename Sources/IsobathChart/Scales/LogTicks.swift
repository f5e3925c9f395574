// SPDX-License-Identifier: GPL-3.0-or-later

/// Round numbers on a logarithmic axis: 1-2-5, then decades, then every few decades as the span
/// grows; within less than a decade, even steps.
struct LogTicks: Sendable {
  private enum Plan {
    case even(step: Double)
    case decades(digits: [Double], every: Int)
  }

  private let ends: Ends
  private let values: ClosedRange<Double>
  private let plan: Plan

  /// - Parameters:
  ///   - ends: in powers of ten.
  ///   - values: the ends as numbers.
  ///   - count: no more ticks than this, when possible.
  init(ends: Ends, values: ClosedRange<Double>, count: Int) {
    self.ends = ends
    self.values = values
    let span = ends.high - ends.low
    let choices: [(digits: [Double], every: Int, cost: Double)] =
      [([1, 2, 5], 1, 3), ([1, 3], 1, 2), ([1], 1, 1)]
      + [2, 3, 5, 10, 20, 50, 100].map { ([1], $0, 1 / Double($0)) }
    if span < 0.8 && values.lowerBound < values.upperBound {
      plan = .even(
        step: Ticks.step(span: values.upperBound - values.lowerBound, count: count))
    } else {
      let choice = choices.first { span * $0.cost <= Double(count) } ?? ([1], 200, 0)
      plan = .decades(digits: choice.digits, every: choice.every)
    }
  }

  /// The ends moved out to the next tick or, where ticks skip decades, to the next decade.
  var reachingOut: Ends {
    guard case .decades(let digits, _) = plan else {
      let room = (ends.high - ends.low) * 0.04
      return Ends(low: ends.low - room, high: ends.high + room)
    }
    let places = digits.map { logarithm10($0) } + [1]
    let (bottom, top) = (ends.low.rounded(.down), ends.high.rounded(.down))
    let low = places.last { bottom + $0 <= ends.low + 1e-9 } ?? 0
    let high = top + 1e-9 >= ends.high ? 0 : places.first { top + $0 >= ends.high - 1e-9 } ?? 1
    return Ends(low: bottom + low, high: top + high)
  }

  func values(within ends: Ends) -> [Double] {
    switch plan {
    case .even(let step):
      return Ticks.multiples(of: step, from: values.lowerBound, to: values.upperBound)
    case .decades(let digits, let every):
      return LogTicks.decades(within: ends, digits: digits, every: every)
    }
  }

  /// Even steps with as many decimals as the step needs; decades as plain numbers when all are
  /// short, else as powers of ten.
  func labels(_ values: [Double], format: NumberFormat) -> [String] {
    guard format == .automatic else { return values.map { format($0) } }
    if case .even(let step) = plan { return Ticks.labels(values, step: step, format: format) }
    let isPlain = values.allSatisfy { $0 >= 0.00099 && $0 < 100_001 }
    return values.map { isPlain ? NumberFormat.automatic($0) : NumberFormat.power($0) }
  }

  /// The numbers between the decades, while they can still be told apart.
  static func minor(within ends: Ends) -> [Double] {
    guard ends.high - ends.low < 5 else { return [] }
    return decades(within: ends, digits: [2, 3, 4, 5, 6, 7, 8, 9], every: 1)
  }

  private static func decades(within ends: Ends, digits: [Double], every: Int) -> [Double] {
    let first = Int(ends.low.rounded(.down))
    let last = Int(ends.high.rounded(.up))
    return (first...max(first, last)).filter { $0.isMultiple(of: every) }.flatMap { power in
      digits.filter { ends.hold(Double(power) + logarithm10($0)) }.map { $0 * tenTo(power) }
    }.filter { $0 > 0 && $0.isFinite }
  }
}
