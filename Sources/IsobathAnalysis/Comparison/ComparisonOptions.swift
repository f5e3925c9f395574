// SPDX-License-Identifier: GPL-3.0-or-later

/// What a comparison must be told beside the two runs.
package struct ComparisonOptions: Sendable, Equatable {
  /// How documents of the two runs belong together.
  package enum Pairing: Sendable, Equatable {
    /// Document by document: the same tokens went through both models.
    case paired
    /// Not at all: means are compared, and nothing is tested.
    case unpaired
  }

  /// Which sites of the two models are compared.
  package enum Depths: Sendable, Equatable {
    /// Sites of the same name, in models of the same depth.
    case equal
    /// Residual sites of like relative depth.
    case relative
  }

  package let analysis: AnalysisOptions
  /// Differences of less are no change, in nats: ± margin is what equivalence is tested against.
  package let margin: Double
  /// nil: what the manifests suggest.
  package let kind: ComparisonKind?
  package let pairing: Pairing
  package let depths: Depths

  /// 0.05 nats: the effective rank exp(H) moves by 5 % at the most, about a tenth of what documents
  /// of one corpus differ by.
  package static let usualMargin = 0.05
  /// α of every test: adjusted p below it is called a change.
  package static let alpha = 0.05

  /// - Throws: `ComparisonError.margin` unless the margin is positive and finite.
  package init(
    _ analysis: AnalysisOptions, margin: Double = usualMargin, kind: ComparisonKind? = nil,
    pairing: Pairing = .paired, depths: Depths = .equal
  ) throws(ComparisonError) {
    guard margin > 0, margin.isFinite else { throw .margin(margin) }
    self.analysis = analysis
    self.margin = margin
    self.kind = kind
    self.pairing = pairing
    self.depths = depths
  }
}
