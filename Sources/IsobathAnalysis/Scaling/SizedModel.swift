// SPDX-License-Identifier: GPL-3.0-or-later

/// One rung of a ladder of sizes.
package struct SizedModel: Sendable, Equatable {
  /// Such as `1.3B`, or the run's model.
  package let label: String
  /// P, embeddings and all.
  package let parameters: Int
  /// P without the embeddings of tokens and positions and without the head; nil where it is not known.
  package let nonEmbedding: Int?
  /// d.
  package let width: Int
  /// The run's id; empty for a published number.
  package let run: String

  package init(
    label: String, parameters: Int, nonEmbedding: Int? = nil, width: Int, run: String = ""
  ) {
    self.label = label
    self.parameters = parameters
    self.nonEmbedding = nonEmbedding
    self.width = width
    self.run = run
  }

  /// P, counted one way or the other.
  package func size(_ count: SizeCount) -> Double? {
    switch count {
    case .total: Double(parameters)
    case .nonEmbedding: nonEmbedding.map(Double.init)
    }
  }
}

/// Which parameters P counts.
package enum SizeCount: String, Sendable, CaseIterable {
  case total = "all parameters"
  case nonEmbedding = "parameters without embeddings"
}
