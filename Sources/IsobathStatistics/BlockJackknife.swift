// SPDX-License-Identifier: GPL-3.0-or-later

/// A delete-a-block jackknife: which items leave together, block after block.
///
/// It needs the statistic without each block and nothing else, which suits a pooled spectrum: no
/// row is ever repeated, as a bootstrap repeats them. Shao & Tu 1995, §2.3.
package struct BlockJackknife: Sendable, Equatable {
  /// How many items there are.
  package let items: Int
  /// The items of each block, ascending.
  package let blocks: [[Int]]

  /// The blocks that are usual: fewer make t quantiles wide, more cost time and say no more.
  package static let usual = 20...50

  /// Blocks of neighbouring items, whose sizes differ by one at most.
  ///
  /// - Parameters:
  ///   - items: in an order in which neighbours may belong together.
  ///   - blocks: at most; never more than there are items.
  package init(contiguous items: Int, blocks: Int = usual.upperBound) {
    self.init(order: Array(0..<items), blocks: blocks)
  }

  /// Blocks of items put together at random, whose sizes differ by one at most.
  package init(items: Int, blocks: Int = usual.upperBound, stream: RandomStream) {
    var order = Array(0..<items)
    stream.shuffle(&order)
    self.init(order: order, blocks: blocks)
  }

  /// Each unit is a block: the plain delete-one jackknife, of documents or of whole sources.
  package init(_ units: Units) {
    items = units.documents
    blocks = units.members
  }

  init(items: Int, members: [[Int]]) {
    self.items = items
    blocks = members
  }

  private init(order: [Int], blocks: Int) {
    precondition(blocks > 0, "a jackknife needs blocks, not \(blocks)")
    let count = min(blocks, order.count)
    items = order.count
    self.blocks = (0..<count).map { block in
      order[block * order.count / count..<(block + 1) * order.count / count].sorted()
    }
  }

  /// The items that stay when a block leaves, ascending; all of them for nil.
  package func kept(without block: Int?) -> [Int] {
    guard let block else { return Array(0..<items) }
    let left = Set(blocks[block])
    return (0..<items).filter { !left.contains($0) }
  }
}
