// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMarkdown
import IsobathStatistics

/// The answers as rows of plain text: the same in the report and on the terminal.
package enum ScalingTables {
  package static let fitColumns = [
    "family", "value", "corpus", "smallest", "largest", "b", "R²", "b with c", "c", "p of c",
  ]

  /// One row for each series: its ends, the law without and with a constant.
  package static func fits(_ answers: [ScalingAnswer]) -> [[String]] {
    answers.map { answer in
      let decimals = abs(answer.estimates.first ?? 0) < 10 ? 3 : 1
      let shifted = answer.answer(.shifted)
      return [
        answer.family, name(answer), answer.series.corpus,
        Wording.number(answer.estimates.first, decimals),
        Wording.number(answer.estimates.last, decimals), exponent(answer.answer(.power)),
        Wording.number(answer.fit(.power)?.rSquared, 3), exponent(shifted),
        shifted?.fit?.hasConstant == true
          ? number(shifted?.fit?.c, shifted?.resampled?.c, decimals) : "–",
        Wording.number(answer.constantP, 3),
      ]
    }
  }

  package static let controlColumns = [
    "family", "corpus", "r(H/ln d, 1/ln d)", "R² of h/ln d", "h (nats)", "R² of a·P^(−b)", "b",
    "b of h/ln d alone", "b of raw H",
  ]

  /// One row for each published series: what the denominator alone explains.
  package static func controls(_ answers: [ScalingAnswer]) -> [[String]] {
    answers.compactMap { answer in
      guard let control = answer.control else { return nil }
      let raw = answers.first {
        $0.quantity == .entropy && $0.family == answer.family
          && $0.series.corpus == answer.series.corpus && $0.series.place == answer.series.place
      }
      var alone: SizeFit?
      if case .success(let fit) = answer.controlLaw { alone = fit }
      return [
        answer.family, corpus(answer), Wording.number(control.correlation, 4),
        Wording.number(control.rSquared, 3), Wording.number(control.entropy, 3),
        Wording.number(answer.fit(.power)?.rSquared, 3), exponent(answer.answer(.power)),
        Wording.number(alone?.b.value, 4), exponent(raw?.answer(.power)),
      ]
    }
  }

  /// b with each size left out, one row for each series; the header names the sizes.
  static func leftOut(_ answers: [ScalingAnswer]) -> Table? {
    guard let first = answers.first else { return nil }
    let rows = answers.compactMap { answer in
      answer.answer(.power).map { law in
        [name(answer) + ", " + answer.series.corpus, Wording.number(law.fit?.b.value, 4)]
          + law.leftOut.map { outcome in
            if case .success(let fit) = outcome { return Wording.number(fit.b.value, 4) }
            return "no fit"
          }
      }
    }
    return Table(
      ["value"], numbers: ["b of all"] + first.models.map { "without \($0.label)" }, rows)
  }

  /// Why a law has no fit, each reason with the series that it concerns.
  static func reasons(_ answers: [ScalingAnswer]) -> [String] {
    var order: [String] = []
    var members: [String: [String]] = [:]
    for answer in answers {
      for law in answer.fits where law.count == .total {
        let isVague = law.law == .shifted && law.fit?.hasConstant == false
        guard law.fit == nil || isVague else { continue }
        let key = "\(law.law.formula), \(isVague ? vague : law.reason)"
        if members[key] == nil { order.append(key) }
        members[key, default: []].append("\(name(answer)) on \(answer.series.corpus)")
      }
    }
    return order.map { "\($0): \((members[$0] ?? []).joined(separator: "; "))." }
  }

  private static let vague =
    "not identified: b lies within two standard errors of 0, where the law is a straight line in "
    + "ln P and c could be anything"

  /// `H/ln d`, `Diff-eRank, first layer`.
  static func name(_ answer: ScalingAnswer) -> String {
    let place = answer.series.place
    return answer.quantity.symbol + (["", "final-norm"].contains(place) ? "" : ", \(place)")
  }

  private static func corpus(_ answer: ScalingAnswer) -> String {
    let place = answer.series.place
    return answer.series.corpus + (place == "final-norm" ? "" : ", \(place)")
  }

  /// b with its interval, or with its standard error; in a word why there is none.
  private static func exponent(_ law: LawAnswer?) -> String {
    guard let law else { return "–" }
    switch law.outcome {
    case .success(let fit) where law.law == .shifted && !fit.hasConstant:
      return "not identified"
    case .success(let fit): return number(fit.b, law.resampled?.b, 4)
    case .failure(.straightLine), .failure(.step), .failure(.notIdentified):
      return "not identified"
    case .failure: return "no fit"
    }
  }

  private static func number(
    _ parameter: FittedParameter?, _ interval: Interval?, _ decimals: Int
  ) -> String {
    guard let parameter else { return "–" }
    let value = Wording.number(parameter.value, decimals)
    if let interval, interval.low != nil { return value + ScalingFinding.ends(interval, decimals) }
    return parameter.standardError.map { "\(value) ± \(Wording.number($0, decimals))" } ?? value
  }
}
