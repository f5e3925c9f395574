// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// Norms of queries and keys, before positions turn them. https://arxiv.org/abs/2010.04245
package struct QueryKeyNorms: Sendable {
  /// What one norm is taken over.
  package enum Extent: Sendable {
    /// Each head by itself.
    case head
    /// All heads together.
    case all
  }

  private let query: any Norm
  private let key: any Norm
  private let extent: Extent

  package init(query: any Norm, key: any Norm, over extent: Extent) {
    self.query = query
    self.key = key
    self.extent = extent
  }

  func callAsFunction(_ qkv: inout Matrix, _ heads: Heads) {
    let keys = heads.all..<(heads.all + heads.keys * heads.width)
    let slices: [(any Norm, Range<Int>)] =
      switch extent {
      case .all: [(query, 0..<heads.all), (key, keys)]
      case .head:
        (0..<(heads.queries + heads.keys)).map {
          ($0 < heads.queries ? query : key, heads.columns($0))
        }
      }
    qkv.withMutableView { qkv in
      Workers.run(slices.count) { slices[$0].0.apply(to: qkv.columns(slices[$0].1)) }
    }
  }
}
