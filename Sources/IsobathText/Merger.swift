// SPDX-License-Identifier: GPL-3.0-or-later

/// Merges pairs of neighbours, the lowest rank first and the leftmost among equals, until none is
/// left. https://arxiv.org/abs/1508.07909
///
/// Keeps its working memory from piece to piece.
struct Merger {
  private var merges: [PairTable.Merge] = []
  private var next: [Int32] = []
  private var previous: [Int32] = []
  private var heap = RankHeap()
  /// Up to here a scan for the lowest rank is quicker than a heap.
  private static let shortPiece = 48

  /// Merges the symbols from `start` on in place.
  mutating func merge(_ ids: inout [Int32], from start: Int, _ table: PairTable) {
    let count = ids.count - start
    if count < 2 { return }
    merges.removeAll(keepingCapacity: true)
    for at in start..<(ids.count - 1) { merges.append(table[ids[at], ids[at + 1]]) }
    if count <= Merger.shortPiece {
      mergeShort(&ids, from: start, table)
    } else {
      mergeLong(&ids, from: start, table)
    }
  }

  private mutating func mergeShort(_ ids: inout [Int32], from start: Int, _ table: PairTable) {
    while !merges.isEmpty {
      var best = 0
      for at in 1..<max(1, merges.count) where merges[at].rank < merges[best].rank { best = at }
      let merge = merges[best]
      if merge.rank == .max { return }
      ids[start + best] = merge.result
      ids.remove(at: start + best + 1)
      merges.remove(at: best)
      if best < merges.count {
        merges[best] = table[ids[start + best], ids[start + best + 1]]
      }
      if best > 0 { merges[best - 1] = table[ids[start + best - 1], ids[start + best]] }
    }
  }

  /// A heap of candidates over a linked list: n log n, for pieces of any length.
  private mutating func mergeLong(_ ids: inout [Int32], from start: Int, _ table: PairTable) {
    let count = ids.count - start
    next = (1...Int32(count)).map { $0 }
    previous = (-1..<Int32(count - 1)).map { $0 }
    merges.append(.none)
    heap.removeAll()
    for at in 0..<(count - 1) where merges[at].rank != .max { heap.push(merges[at].rank, at) }
    while let (rank, at) = heap.pop() {
      // A place whose pair has changed meanwhile is stale.
      guard merges[at].rank == rank else { continue }
      let right = Int(next[at])
      ids[start + at] = merges[at].result
      ids[start + right] = .min
      merges[right] = .none
      next[at] = next[right]
      let after = Int(next[at])
      if after < count {
        previous[after] = Int32(at)
        merges[at] = table[ids[start + at], ids[start + after]]
        if merges[at].rank != .max { heap.push(merges[at].rank, at) }
      } else {
        merges[at] = .none
      }
      let before = Int(previous[at])
      if before >= 0 {
        merges[before] = table[ids[start + before], ids[start + at]]
        if merges[before].rank != .max { heap.push(merges[before].rank, before) }
      }
    }
    var end = start
    for at in start..<ids.count where ids[at] != .min {
      ids[end] = ids[at]
      end += 1
    }
    ids.removeLast(ids.count - end)
  }
}

/// A binary heap of ranks and places in one word each, the lowest rank first and the leftmost among
/// equals.
private struct RankHeap {
  private var words: [UInt64] = []

  mutating func removeAll() { words.removeAll(keepingCapacity: true) }

  mutating func push(_ rank: Int32, _ place: Int) {
    let word = UInt64(UInt32(bitPattern: rank)) << 32 | UInt64(place)
    words.append(word)
    words.withUnsafeMutableBufferPointer { words in
      var at = words.count - 1
      while at > 0, word < words[(at - 1) / 2] {
        words[at] = words[(at - 1) / 2]
        at = (at - 1) / 2
      }
      words[at] = word
    }
  }

  mutating func pop() -> (rank: Int32, place: Int)? {
    guard let first = words.first, let last = words.popLast() else { return nil }
    let found = (Int32(truncatingIfNeeded: first >> 32), Int(first & 0xFFFF_FFFF))
    words.withUnsafeMutableBufferPointer { words in
      guard !words.isEmpty else { return }
      var at = 0
      while true {
        var child = 2 * at + 1
        if child >= words.count { break }
        if child + 1 < words.count, words[child + 1] < words[child] { child += 1 }
        if words[child] >= last { break }
        words[at] = words[child]
        at = child
      }
      words[at] = last
    }
    return found
  }
}
