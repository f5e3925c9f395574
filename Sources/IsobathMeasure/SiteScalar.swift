// SPDX-License-Identifier: GPL-3.0-or-later

/// A number of one document at one site that is no measure of its spectrum: what a run stores by name.
package struct SiteScalar: Measure {
  package let id: String
  package let title: String
  package let symbol: String
  package let unit: MeasureUnit
  package let formula: String
  package let about: String

  package static let normFirst = SiteScalar(
    id: "norm-first", title: "Norm of the first token", symbol: "‖x₁‖", unit: .one,
    formula: "‖x₁‖₂",
    about: """
      The length of the first token's state. Decoders keep an attention sink there: hundreds of times \
      the length of other states, and hardly changed by the text. Xiao et al., arXiv 2309.17453.
      """)

  package static let normMedian = SiteScalar(
    id: "norm-median", title: "Median norm", symbol: "median ‖x‖", unit: .one,
    formula: "median over tokens of ‖x_i‖₂",
    about: """
      How long a usual token's state is: what sinks are compared with. Queipo-de-Llano et al., \
      arXiv 2510.06477.
      """)

  package static let normLargest = SiteScalar(
    id: "norm-largest", title: "Largest norm", symbol: "max ‖x‖", unit: .one,
    formula: "max over tokens of ‖x_i‖₂",
    about: """
      The length of the longest state of the document; as long as the first token's where that is the \
      sink. Queipo-de-Llano et al., arXiv 2510.06477.
      """)

  package static let sinkCount = SiteScalar(
    id: "sink-count", title: "Sinks", symbol: "sinks", unit: .one,
    formula: "number of tokens with ‖x_i‖₂ > threshold · median ‖x‖₂",
    about: """
      How many tokens' states are out of proportion; the threshold, 10 unless the survey was told \
      otherwise, stands among the run's options. Queipo-de-Llano et al., arXiv 2510.06477.
      """)

  package static let sinkBound = SiteScalar(
    id: "sink-bound", title: "Entropy that the sink allows", symbol: "H_sink", unit: .nats,
    formula: "−p ln p − (1−p) ln(1−p) + (1−p) ln(r−1), p = (c+a)/(c+1), c = M/R, r = min(N, d)",
    about: """
      The entropy of the states as they are (preparation 'raw') cannot be larger, whatever the other \
      tokens do: the longest state x₀, M = ‖x₀‖², holds the share p of the trace against the rest's \
      R = Σ‖x_i‖² with mean squared cosine a. The paper's preparation centres and takes rows of unit \
      length, so that it is not bound by it. Queipo-de-Llano et al., arXiv 2510.06477.
      """)

  package static let massiveActivations = SiteScalar(
    id: "massive-activations", title: "Massive activations", symbol: "massive", unit: .one,
    formula: "number of |x_ij| over 100 and at least 1000 · median |x|",
    about: """
      Single features of single tokens that are out of all proportion: they make the sinks. Which \
      tokens and features they are stands in the run's table 'activation'. Sun et al., arXiv 2402.17762.
      """)

  /// Every one of them.
  package static let all = [
    normFirst, normMedian, normLargest, sinkCount, sinkBound, massiveActivations, sinkRate,
    attentionToFirst, loss, predictionEntropy, lensLoss, lensEntropy,
  ]
}

extension TokenContributions {
  /// What a row of contributions is a measure of.
  package static let measure = SiteScalar(
    id: "contribution", title: "Contribution of a token", symbol: "h_i", unit: .nats,
    formula: "h_i = −N Σ_k p_k ln p_k · u_ik²",
    about: """
      How much of the matrix entropy one token carries: the share of each direction that it has, times \
      what the direction adds. The mean over tokens is H exactly. A token near the others' mean \
      direction carries much of a weak direction or little of a strong one; compare with H, not with 0. \
      The entropy is that of Wei et al., arXiv 2401.17139.
      """)
}
