// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics
import Testing

@testable import IsobathAnalysis

/// Blocks that leave sources whole, and how much work is affordable.
@Suite struct PooledBlocksTests {
  @Test func neighboursStayTogetherAndSourcesWhole() {
    let single = BlockJackknife(contiguous: Units(documents: 10), blocks: 4)
    #expect(single.blocks.flatMap { $0 } == Array(0..<10))
    #expect(single.blocks.map(\.count).sorted() == [2, 2, 3, 3])
    let sources = (0..<40).map { $0 % 4 == 3 ? nil : "book \($0 / 4)" }
    let units = Units(sources: sources)
    let blocks = BlockJackknife(contiguous: units, blocks: 6)
    #expect(blocks.items == 40 && blocks.blocks.count <= 6)
    #expect(blocks.blocks.flatMap { $0 }.sorted() == Array(0..<40))
    for block in blocks.blocks {
      #expect(block == block.sorted())
      for document in block where sources[document] != nil {
        let others = (0..<40).filter { sources[$0] == sources[document] }
        #expect(Set(others).isSubset(of: Set(block)))
      }
    }
    let one = BlockJackknife(contiguous: Units(sources: ["a", "a", "a"]), blocks: 20)
    #expect(one.blocks == [[0, 1, 2]])
    #expect(BlockJackknife(contiguous: Units(documents: 0), blocks: 3).blocks.isEmpty)
    #expect(Units(sources: ["a", nil, "a"]).documents(of: [1, 0]) == [0, 1, 2])
  }

  private func effort(_ documents: Int, _ width: Int, budget: Double = 6e11) -> PooledEffort {
    PooledEffort(documents: documents, width: width, sites: 32, matrices: 2, budget: budget)
  }

  @Test func largeRunsGetFewerBlocks() {
    #expect(effort(120, 576) == PooledEffort(splits: 10, blocks: 50, sites: 32))
    #expect(effort(2000, 576) == PooledEffort(splits: 2, blocks: 12, sites: 32))
    let large = effort(20_000, 4096)
    #expect(large.blocks == 0 && large.sites == 5)
    #expect(large.thinned(Array(0..<33)) == [0, 8, 16, 24, 32])
    #expect(effort(120, 576).thinned([4, 5]) == [4, 5])
    #expect(
      large.notes(sites: 33) == [
        "1 split into halves", "no interval: it would take too long at this size",
        "5 of 33 sites, for time",
      ])
    var last = Double.infinity
    for documents in [50, 200, 800, 3000, 10_000] {
      let found = effort(documents, 768)
      let work = Double((found.blocks + 2 * found.splits) * found.sites)
      #expect(work <= last)
      last = work
    }
  }
}
