// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathRecord

/// What the two models are called, after what they are to each other.
struct ComparisonWords: Sendable {
  /// The heading of the report.
  let title: String
  /// As the subject of "lowers the entropy".
  let act: String
  /// Both models, as legends and tables name them.
  let base: String
  let tuned: String
  private let blocks: Int

  init(_ comparison: Comparison) {
    let (first, second) = (
      comparison.runs.base.manifest.subject.model, comparison.runs.tuned.manifest.subject.model
    )
    let kind = comparison.kind
    act = kind.act
    let plural = comparison.seeds > 1 ? ", \(comparison.seeds) seeds" : ""
    base = "\(kind.base) (\(first)\(plural))"
    tuned = "\(kind.tuned) (\(second))"
    blocks = comparison.runs.tuned.manifest.subject.blocks
    title = "\(second) compared with \(first)"
  }

  /// Sites as a reader says them: "after blocks 9–17", "at the embedding".
  func span(_ sites: [String]) -> String {
    guard let first = sites.first, let last = sites.last else { return "nowhere" }
    let numbers = [first, last].map { site -> Int? in
      let parts = site.split(separator: ".")
      return parts.count == 2 && parts[0] == "residual" ? Int(parts[1]) : nil
    }
    guard let low = numbers[0], let high = numbers[1] else {
      if first == "final-norm" { return "after the final norm" }
      if first.isEmpty { return "over the whole pass" }
      return first == last ? "at \(first)" : "from \(first) to \(last)"
    }
    if high == 0 { return "at the embedding" }
    if low == high { return "after block \(low)" }
    return low == 0
      ? "from the embedding to block \(high)" : "after blocks \(low)–\(high)"
  }

  /// The same with the number of blocks, where it is a span of blocks: "after blocks 9–17 of 30".
  func fullSpan(_ sites: [String]) -> String {
    let text = span(sites)
    return text.hasPrefix("after block") ? "\(text) of \(blocks)" : text
  }

  /// A p-value: never as zero.
  static func p(_ value: Double?) -> String {
    guard let value else { return "–" }
    return value < 0.001 ? "< 0.001" : Wording.number(value)
  }

  /// A signed number: `+0.31`, `−0.31`.
  static func signed(_ value: Double?, _ decimals: Int = 3) -> String {
    guard let value else { return "–" }
    let text = Wording.number(value, decimals)
    return value > 0 && text.contains { "123456789".contains($0) } ? "+" + text : text
  }

  /// `−0.31 [−0.40, −0.22]`.
  static func signed(_ row: Record?, _ decimals: Int = 3) -> String {
    guard let row, let estimate = row.estimate else { return "–" }
    guard let low = row.low, let high = row.high else { return signed(estimate, decimals) }
    return "\(signed(estimate, decimals)) [\(signed(low, decimals)), \(signed(high, decimals))]"
  }
}

extension ComparisonKind {
  fileprivate var act: String {
    switch self {
    case .tuned: "Fine-tuning"
    case .quantised: "Quantisation"
    case .checkpoint: "Training between the checkpoints"
    case .untrained: "Training"
    case .models: "The step from the first model to the second"
    }
  }

  fileprivate var base: String {
    switch self {
    case .tuned: "base"
    case .quantised: "full precision"
    case .checkpoint: "earlier"
    case .untrained: "untrained"
    case .models: "first"
    }
  }

  fileprivate var tuned: String {
    switch self {
    case .tuned: "fine-tuned"
    case .quantised: "quantised"
    case .checkpoint: "later"
    case .untrained: "trained"
    case .models: "second"
    }
  }
}
