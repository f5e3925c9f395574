// SPDX-License-Identifier: GPL-3.0-or-later

/// What the masks need to know of one document beside its states.
package struct MaskRule: Sendable, Equatable {
  /// The positions of the tokens that the tokenizer calls special, nil when nobody has said which they
  /// are; positions beyond the document are of no consequence.
  package let special: Set<Int>?
  /// A token is a sink when the norm of its state is over this multiple of the median norm.
  package let sinkThreshold: Double

  /// The threshold unless another is asked for.
  package static let defaultThreshold = 10.0

  /// - Parameters:
  ///   - special: positions, from 0; an empty set says that there are none.
  ///   - sinkThreshold: a positive multiple of the median over all tokens, the special ones
  ///     included.
  package init(
    special: Set<Int>? = nil, sinkThreshold: Double = MaskRule.defaultThreshold
  ) {
    precondition(sinkThreshold > 0, "MaskRule: a threshold of \(sinkThreshold) medians")
    self.special = special
    self.sinkThreshold = sinkThreshold
  }

  /// The positions of the tokens that a mask leaves, ascending.
  ///
  /// - Parameter norms: the L2 norm of each token's state.
  /// - Throws: `.specialUnknown` rather than taking every token for an ordinary one.
  package func tokens(
    _ mask: Preparation.Mask, norms: [Double]
  ) throws(MissingReason) -> [Int] {
    switch mask {
    case .all: return Array(norms.indices)
    case .withoutFirst: return Array(norms.indices.dropFirst())
    case .withoutSpecial:
      guard let special else { throw .specialUnknown }
      return norms.indices.filter { !special.contains($0) }
    case .withoutSinks: return Array(Set(norms.indices).subtracting(sinks(norms: norms))).sorted()
    }
  }

  /// The positions of the sinks, ascending: the tokens that `.withoutSinks` leaves out.
  package func sinks(norms: [Double]) -> [Int] {
    let limit = sinkThreshold * median(norms)
    return norms.indices.filter { norms[$0] > limit }
  }
}

/// The middle of the finite numbers, the mean of the two middle ones when their count is even; 0 when
/// there is none.
func median(_ values: [Double]) -> Double {
  let sorted = values.filter(\.isFinite).sorted()
  guard !sorted.isEmpty else { return 0 }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
