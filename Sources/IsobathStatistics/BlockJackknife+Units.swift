// SPDX-License-Identifier: GPL-3.0-or-later

extension BlockJackknife {
  /// Blocks of neighbouring units, none of which is divided, as equal in documents as that allows.
  ///
  /// - Parameters:
  ///   - units: documents, or whole sources.
  ///   - blocks: at most; fewer when there are fewer units, or when a source is larger than a block.
  package init(contiguous units: Units, blocks: Int = usual.upperBound) {
    precondition(blocks > 0, "a jackknife needs blocks, not \(blocks)")
    var members = [[Int]](repeating: [], count: blocks)
    var passed = 0
    for unit in units.members {
      // A unit belongs where its middle lies.
      let block = (2 * passed + unit.count) * blocks / (2 * units.documents)
      members[min(block, blocks - 1)] += unit
      passed += unit.count
    }
    self.init(items: units.documents, members: members.filter { !$0.isEmpty }.map { $0.sorted() })
  }
}

extension Units {
  /// The documents of some units, ascending.
  package func documents(of units: [Int]) -> [Int] { units.flatMap { members[$0] }.sorted() }
}
