// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The published tables of matrix entropy and Diff-eRank against model size, as they were printed.
///
/// The papers give means over documents alone: no documents, so no bootstrap, and no lengths, so no
/// deficit. Raw entropy and exp H follow from H/ln d and the width.
package enum PublishedTables {
  /// By the name that the command takes.
  package static let all: [(name: String, ladder: SizeLadder)] = [
    ("cerebras", cerebras), ("pythia", pythia), ("opt", opt), ("openelm", openELM),
  ]

  /// The values of one table of H/ln d as three series: as printed, times ln d, and exponentiated.
  static func entropies(
    _ models: [SizedModel], _ tables: [(corpus: String, values: [Double])]
  ) -> [ScaledSeries] {
    let raw = tables.map { corpus, values in
      (corpus, zip(values, models).map { $0 * log(Double($1.width)) })
    }
    return tables.map { ScaledSeries(.published, corpus: $0.corpus, estimates: $0.values) }
      + raw.map { ScaledSeries(.entropy, corpus: $0.0, estimates: $0.1) }
      + raw.map {
        ScaledSeries(
          .effectiveRank, corpus: $0.0, estimates: $0.1.map { exp($0) })
      }
  }

  /// One table of anything else.
  static func series(
    _ quantity: ScaledQuantity, _ tables: [(corpus: String, values: [Double])],
    place: String = "final-norm"
  ) -> [ScaledSeries] {
    tables.map { ScaledSeries(quantity, corpus: $0.corpus, place: place, estimates: $0.values) }
  }
}

/// The shape of a model whose parameters can be counted from it.
struct Blueprint {
  let label: String
  let blocks: Int
  let width: Int
  /// Rows of the embedding, padding and all.
  let vocabulary: Int
  /// Rows of the table of positions; 0 for a model without.
  var positions = 0
  /// Whether the head is the embedding.
  var isTied = true

  /// A block has 4d² + 4d of attention, 8d² + 5d of the two-layer network and 4d of its norms, and
  /// the last norm has 2d.
  var nonEmbedding: Int { blocks * (12 * width * width + 13 * width) + 2 * width }

  var parameters: Int {
    nonEmbedding + (isTied ? 1 : 2) * vocabulary * width + positions * width
  }

  var model: SizedModel {
    SizedModel(label: label, parameters: parameters, nonEmbedding: nonEmbedding, width: width)
  }
}
