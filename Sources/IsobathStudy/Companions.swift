// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord

/// What is taken of every document beside its spectra and the entropies of its prefixes.
package struct Companions: Sendable {
  /// Where the language-model head reads the states.
  package enum Lens: String, Sendable, CaseIterable {
    case none
    /// At the model's end: its own loss.
    case final
    /// At every residual too: the logit lens.
    case all
  }

  /// Which vectors stand for a document where a corpus is measured as a whole.
  package enum Pooling: String, Sendable, CaseIterable {
    /// The mean of its tokens' states.
    case mean
    /// Its last token's state.
    case last
    /// The states of its tokens 1, 2, 4, 8 …
    case positions
    /// The mean and second moment of all tokens of all documents.
    case tokens
    /// The means of two altered versions of its text.
    case views
  }

  /// Whether each token's part of the entropy is kept.
  package var contributions = true
  /// Measures of a document's states.
  package var measures: [any TrajectoryMeasure] = Companions.usual
  /// Measures of a site and the one before it on the depth curve.
  package var pairs: [any PairMeasure] = []
  package var pooling: Set<Pooling> = [.mean, .last]
  package var lens = Lens.none
  /// Whether the attention to the first token is kept.
  package var attention = true
  /// Published codes whose arithmetic is repeated.
  package var codes: [any PublishedCode] = []
  /// A token is a sink when its state is longer than this multiple of the median.
  package var sinkThreshold = MaskRule.defaultThreshold

  package init() {}

  /// The measures of states that cost little beside a spectrum.
  package static let usual: [any TrajectoryMeasure] = [Curvature(), MeanCosine()]

  /// What decides the numbers, for the manifest.
  var settings: [Setting] {
    [
      Setting("contributions", SettingValue.flag(contributions)),
      Setting("measures", .list(measures.map { SettingValue($0.id) })),
      Setting("pairs", .list(pairs.map { SettingValue($0.id) })),
      Setting("pooling", .list(pooling.map(\.rawValue).sorted().map { SettingValue($0) })),
      Setting("lens", SettingValue(lens.rawValue)),
      Setting("attention-weights", .flag(attention)),
      Setting("published-codes", .list(codes.map { SettingValue($0.id) })),
      Setting("sink-threshold", SettingValue(sinkThreshold)),
    ]
  }
}
