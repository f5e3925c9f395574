// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a file keeps what a family calls by another name.
package struct StoredTensor: Sendable, Hashable {
  /// One of several equal parts of a tensor, one after the other in its outermost dimension.
  package struct Part: Sendable, Hashable {
    let index: Int
    let count: Int

    package init(_ index: Int, of count: Int) { (self.index, self.count) = (index, count) }
  }

  /// The tensor's name in the file.
  package let name: String
  /// The part of it that is meant; nil where it is the whole.
  package let part: Part?
  /// The number of heads whose rows a converter permuted; nil where they are in order.
  package let permutedHeads: Int?

  package init(_ name: String, part: Part? = nil, permutedHeads: Int? = nil) {
    (self.name, self.part, self.permutedHeads) = (name, part, permutedHeads)
  }

  /// The shape that the tensor in the file has when what is asked for has `shape`; parts may stand
  /// stacked, or each in an entry of a dimension of their own.
  func shapes(of shape: [Int]) -> [[Int]] {
    guard let part, let rows = shape.first else { return [shape] }
    return [[part.count] + shape, [part.count * rows] + shape.dropFirst()]
  }

  /// The rows of a stored tensor of one of those shapes.
  func rows(in stored: [Int], of shape: [Int]) -> Range<Int> {
    let rows = stored.count == shape.count ? shape[0] : 1
    let first = (part?.index ?? 0) * rows
    return first..<(first + rows)
  }
}

/// How a file spells what a family asks for.
package struct NameMap: Sendable {
  /// Where a tensor is.
  let stored: @Sendable (String) -> StoredTensor
  /// Whether the file has the family's own layout. A converter to GGUF has transposed what is stored
  /// [in, out], stacked interleaved heads, and added what norms add to their weights.
  let isNative: Bool
  /// Tensors that the configuration was made from.
  let configuring: Set<String>

  package init(
    stored: @escaping @Sendable (String) -> StoredTensor, isNative: Bool,
    configuring: Set<String> = []
  ) {
    self.stored = stored
    self.isNative = isNative
    self.configuring = configuring
  }

  /// The family's own names.
  package static let identity = NameMap(stored: { StoredTensor($0) }, isNative: true)
}
