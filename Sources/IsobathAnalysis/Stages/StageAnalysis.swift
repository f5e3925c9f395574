// SPDX-License-Identifier: GPL-3.0-or-later

/// A question asked of the stages of one training; each answers under its id in the column `analysis`.
package enum StageAnalysis: String, Sendable, CaseIterable {
  case step = "stage-step"
  case change = "stage-change"
  case changeP = "stage-change-p-max-t"
  case total = "stage-total"
  case totalP = "stage-total-p-max-t"

  package var id: String { rawValue }

  /// The name a reader sees.
  package var title: String {
    switch self {
    case .step: "Step of training"
    case .change: "Change since the stage before"
    case .changeP: "p of a change, adjusted for every site and stage"
    case .total: "Change since the first stage"
    case .totalP: "p of a change since the first stage, adjusted for every site and stage"
    }
  }

  /// What it computes, its formula and its source.
  package var about: String {
    switch self {
    case .step: "The step that a run's checkpoint was saved at: which rows belong to which stage."
    case .change:
      """
      A stage's value less that of the stage before it, document by document, and the mean of these \
      paired differences. The interval holds at every site of every stage at once: mean ± c standard \
      errors, c from the bootstrap distribution over documents of the largest |t| on the whole map of \
      depth and step (Romano & Wolf, Econometrica 73, 2005).
      """
    case .changeP:
      """
      p of no change since the stage before: the step-down max-T of Westfall & Young (1993, algorithm \
      2.8) over flips of the documents' signs, adjusted for the whole map of sites and stages of one \
      measure, order and preparation. Below 0.05, a change.
      """
    case .total:
      """
      The same since the first stage: the paired mean difference, with an interval that holds on the \
      whole map at once.
      """
    case .totalP: "The same test since the first stage, adjusted for its own whole map."
    }
  }
}
