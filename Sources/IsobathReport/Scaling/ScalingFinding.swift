// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathStatistics

/// What a ladder's answers say, in sentences made of their numbers.
package struct ScalingFinding: Sendable {
  private let family: String
  private let answers: [ScalingAnswer]

  package init(_ family: String, _ answers: [ScalingAnswer]) {
    self.family = family
    self.answers = answers
  }

  /// Answers about one quantity at the last states.
  private func of(_ quantity: ScaledQuantity) -> [ScalingAnswer] {
    answers.filter { $0.quantity == quantity && $0.series.place == "final-norm" }
  }

  /// The finding, in a few sentences.
  package var sentence: String {
    let parts = [published, raw, control, deficit, ranks].filter { !$0.isEmpty }
    guard !parts.isEmpty else { return "\(family): nothing was measured that has a law of size." }
    return "\(family): " + parts.joined(separator: " ")
  }

  private var published: String {
    let answers = of(.published)
    guard !answers.isEmpty else { return "" }
    let falling = answers.count { $0.change < 0 }
    let text = answers.count == 1 ? "" : " on \(Self.share(falling, answers.count))"
    let verb = falling == 0 ? "does not fall" : "falls"
    let exponents = Self.range(answers.compactMap { $0.fit(.power)?.b.value }, 3)
    return "the published value H/ln d \(verb) with size\(falling == 0 ? "" : text)"
      + (exponents.isEmpty ? "." : " (b = \(exponents)).")
  }

  private var raw: String {
    let answers = of(.entropy)
    guard let first = answers.first, let low = first.estimates.first,
      let high = first.estimates.last
    else { return "" }
    let rising = answers.count { $0.change > 0 }
    let ends =
      "\(first.series.corpus): \(Wording.number(low, 2)) → \(Wording.number(high, 2)) nats"
    if rising == 0 { return "So does raw entropy (\(ends))." }
    let share = answers.count == 1 ? "it rises" : "it rises on \(Self.share(rising, answers.count))"
    return "Raw entropy H does not follow: \(share) (\(ends))."
  }

  private var control: String {
    let controls = of(.published).compactMap(\.control)
    guard !controls.isEmpty else { return "" }
    // A control that fits worse than a constant explains nothing, and its R² is below zero.
    let shares = controls.map { 100 * max($0.rSquared, 0) }
    let explained = shares.contains { $0 > 0 } ? "\(Self.range(shares, 1)) %" : "nothing"
    let correlations = Self.range(controls.map(\.correlation), 3)
    let isDenominator = controls.allSatisfy { $0.rSquared > 0.5 }
    return
      "1/ln d alone, with one entropy for all sizes, explains \(explained) of the variance of "
      + "H/ln d (correlation \(correlations))"
      + (isDenominator ? ": most of the published law is its denominator." : ".")
  }

  private var deficit: String {
    guard let answer = of(.deficit).first, let fit = answer.answer(.power) else { return "" }
    guard let b = fit.fit?.b.value else { return "The deficit has no law: \(fit.reason)." }
    let interval = fit.resampled.map { Self.ends($0.b, 3) } ?? ""
    return
      "The deficit \(b < 0 ? "grows" : "falls") with size: b = \(Wording.number(b, 3))\(interval)."
  }

  private var ranks: String {
    let answers = of(.diffErank)
    guard !answers.isEmpty else { return "" }
    let rising = answers.count { $0.change > 0 }
    let exponents = Self.range(answers.compactMap { $0.fit(.power)?.b.value }, 3)
    let way =
      rising == 0
      ? "does not rise with size" : "rises on \(Self.share(rising, answers.count))"
    let ends = answers.first.flatMap { answer in
      answer.estimates.first.flatMap { low in
        answer.estimates.last.map { "\(Wording.number(low, 1)) → \(Wording.number($0, 1))" }
      }
    }
    let detail = exponents.isEmpty ? ends ?? "" : "b = \(exponents)"
    return "Diff-eRank \(way)" + (detail.isEmpty ? "." : " (\(detail)).")
  }

  /// "all 4 corpora", "3 of 4 corpora".
  private static func share(_ some: Int, _ all: Int) -> String {
    all == 1
      ? (some == 1 ? "the one corpus" : "no corpus")
      : some == all ? "all \(all) corpora" : "\(some) of \(all) corpora"
  }

  /// "0.97 to 0.99", or one number when both read alike.
  static func range(_ values: [Double], _ decimals: Int) -> String {
    guard let low = values.min(), let high = values.max() else { return "" }
    let ends = [low, high].map { Wording.number($0, decimals) }
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
  }

  static func ends(_ interval: Interval, _ decimals: Int) -> String {
    guard let low = interval.low, let high = interval.high else { return "" }
    return " [\(Wording.number(low, decimals)), \(Wording.number(high, decimals))]"
  }
}
