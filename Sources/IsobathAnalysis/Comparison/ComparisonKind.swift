// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// What two models are to each other. It chooses words, and for untrained models adds Diff-eRank; no
/// other number depends on it.
package enum ComparisonKind: String, Sendable, CaseIterable {
  /// Fine-tuned against the model it was made from.
  case tuned
  /// Quantised against full precision.
  case quantised
  /// A later checkpoint of one training against an earlier one.
  case checkpoint
  /// Trained against the same architecture at its random initialisation.
  case untrained
  /// Any two models.
  case models

  /// What the manifests suggest: of one architecture and size, an untrained model before a trained one
  /// is the untrained; other, quantised element types, or weights that were rounded, are a
  /// quantisation; the same shape otherwise a fine-tuning; anything else, two models.
  package init(guessing base: RunManifest, _ tuned: RunManifest) {
    let shape = { (run: RunManifest) in
      [
        run.inputs.family, "\(run.subject.blocks)", "\(run.subject.width)",
        run.subject.details["vocabulary"]?.description ?? "",
      ]
    }
    guard shape(base) == shape(tuned) else {
      self = .models
      return
    }
    let has = { (run: RunManifest, option: String) in run.inputs.options[option] != nil }
    if has(base, "untrained") != has(tuned, "untrained") {
      self = has(base, "untrained") ? .untrained : .models
      return
    }
    if has(tuned, "round-weights"), !has(base, "round-weights") {
      self = .quantised
      return
    }
    let types = [base, tuned].map { $0.subject.details["element-types"]?.description ?? "" }
    let isQuantised = types[1].split(separator: " ").contains { $0.contains("Q") }
    self = types[0] != types[1] && isQuantised ? .quantised : .tuned
  }
}
