// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// What is looked at against size: one number for each model, made of means over documents.
package enum ScaledQuantity: String, Sendable, CaseIterable {
  /// mean(H)/ln d, the published form.
  case published = "entropy-per-log-width"
  /// mean(H).
  case entropy
  /// mean(H_null − H).
  case deficit
  /// exp(mean H).
  case effectiveRank = "effective-rank-covariance"
  /// exp(mean H_untrained) − exp(mean H_trained).
  case diffErank = "diff-erank"
  /// mean(exp H_untrained) − mean(exp H_trained).
  case diffErankOfDocuments = "diff-erank-b"
  /// The mean loss per token.
  case loss
  /// The untrained model's loss less the trained one's.
  case reducedLoss = "reduced-loss"

  /// What the `measure` column holds.
  package var id: String { rawValue }

  package var title: String {
    switch self {
    case .published: "Matrix entropy per ln d (the published form)"
    case .entropy: "Matrix entropy H"
    case .deficit: "Deficit H_null − H"
    case .effectiveRank: "Effective rank exp(mean H)"
    case .diffErank: "Diff-eRank"
    case .diffErankOfDocuments: "Diff-eRank, mean of exp H"
    case .loss: "Loss"
    case .reducedLoss: "Reduced loss"
    }
  }

  /// A few characters for tables.
  package var symbol: String {
    switch self {
    case .published: "H/ln d"
    case .entropy: "H"
    case .deficit: "H_null − H"
    case .effectiveRank: "exp H"
    case .diffErank: "Diff-eRank"
    case .diffErankOfDocuments: "Diff-eRank (b)"
    case .loss: "loss"
    case .reducedLoss: "reduced loss"
    }
  }

  package var unit: String {
    switch self {
    case .published: "1"
    case .entropy, .deficit, .loss, .reducedLoss: "nats"
    case .effectiveRank, .diffErank, .diffErankOfDocuments: "directions"
    }
  }

  package var about: String {
    switch self {
    case .published:
      "mean(H)/ln d over documents, \"algorithm a\" of Wei et al., arXiv 2401.17139 v1."
    case .entropy: "mean(H) over documents: the published form times ln d."
    case .deficit:
      "mean(H_null − H): compression in nats beyond what as many random directions of this width give."
    case .effectiveRank: "exp(mean H): the published effective rank before it is divided by d."
    case .diffErank:
      "exp(mean H untrained) − exp(mean H trained), \"algorithm (a)\" of Wei et al., arXiv 2401.17139 v2."
    case .diffErankOfDocuments:
      "mean(exp H untrained) − mean(exp H trained), \"algorithm (b)\" of Wei et al., arXiv 2401.17139 v2."
    case .loss: "The mean cross-entropy of the next token, in nats."
    case .reducedLoss: "The loss of the untrained model less that of the trained one."
    }
  }

  /// Whether its denominator is a function of the width alone, so that the control applies.
  package var isNormalised: Bool { self == .published }

  /// The value of a model from the means of its rows: one mean, or of the untrained model and the
  /// trained one.
  func value(_ means: ArraySlice<Double>, width: Int) -> Double {
    guard let first = means.first, let last = means.last else { return .nan }
    return switch self {
    case .published: first / log(Double(width))
    case .entropy, .deficit, .loss: first
    case .effectiveRank: exp(first)
    case .diffErank: exp(first) - exp(last)
    case .diffErankOfDocuments, .reducedLoss: first - last
    }
  }
}
