// SPDX-License-Identifier: GPL-3.0-or-later

/// Byte-level byte-pair encoding: pieces of bytes to ids, by merging the pair of lowest rank,
/// leftmost first, until none is left. https://arxiv.org/abs/1508.07909
struct BPE: Sendable {
  /// The id of each byte's own token; −1 when the vocabulary lacks it.
  private let alphabet: [Int32]
  private let merges: [UInt64: Merge]
  /// Whole pieces that are tokens, where the model looks them up before merging; else nil.
  private let whole: [[UInt8]: Int32]?

  private struct Merge {
    let rank: Int32
    let result: Int32
  }

  /// - Parameters:
  ///   - vocabulary: the bytes of each token that merging can make.
  ///   - merges: pairs of tokens' bytes, the first having the lowest rank.
  ///   - looksUpWhole: whether a piece that is a token is taken whole (`ignore_merges`).
  ///   - path: the file, for errors.
  init(
    vocabulary: [[UInt8]: Int32], merges: [([UInt8], [UInt8])], looksUpWhole: Bool, path: String
  ) throws(TextError) {
    alphabet = (0...255).map { vocabulary[[UInt8($0)]] ?? -1 }
    var table: [UInt64: Merge] = [:]
    table.reserveCapacity(merges.count)
    for (rank, (left, right)) in merges.enumerated() {
      guard let a = vocabulary[left], let b = vocabulary[right],
        let result = vocabulary[left + right]
      else {
        let shown =
          String(decoding: left, as: UTF8.self) + " " + String(decoding: right, as: UTF8.self)
        throw .tokenizer(path: path, what: "merge \(rank) ('\(shown)') is not in the vocabulary")
      }
      let key = BPE.key(a, b)
      if table[key] == nil { table[key] = Merge(rank: Int32(rank), result: result) }
    }
    self.merges = table
    whole = looksUpWhole ? vocabulary : nil
  }

  private static func key(_ a: Int32, _ b: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
  }

  /// Appends a piece's ids. Bytes that the vocabulary lacks are left out, as the reference does.
  func encode(_ piece: ArraySlice<UInt8>, into ids: inout [Int32]) {
    if let whole, let id = whole[Array(piece)] {
      ids.append(id)
      return
    }
    let start = ids.count
    for byte in piece where alphabet[Int(byte)] >= 0 { ids.append(alphabet[Int(byte)]) }
    if ids.count - start > 48 {
      let long = mergeLong(Array(ids[start...]))
      ids.replaceSubrange(start..., with: long)
    } else {
      mergeShort(&ids, from: start)
    }
  }

  /// Looks through all pairs for the lowest rank, again and again: quickest for the usual few bytes.
  private func mergeShort(_ ids: inout [Int32], from start: Int) {
    while ids.count - start > 1 {
      var best: Merge?
      var place = 0
      for at in start..<(ids.count - 1) {
        if let merge = merges[BPE.key(ids[at], ids[at + 1])], merge.rank < best?.rank ?? .max {
          (best, place) = (merge, at)
        }
      }
      guard let best else { return }
      ids[place] = best.result
      ids.remove(at: place + 1)
    }
  }

  /// A heap of candidate pairs over a linked list: n log n, for pieces of any length.
  private func mergeLong(_ symbols: [Int32]) -> [Int32] {
    var ids = symbols
    var next = Array(1...ids.count)
    var previous = Array(-1..<(ids.count - 1))
    var heap = MergeHeap()
    let consider = { (at: Int, ids: [Int32], next: [Int], heap: inout MergeHeap) in
      guard at >= 0, next[at] < ids.count else { return }
      guard let merge = merges[BPE.key(ids[at], ids[next[at]])] else { return }
      heap.push(
        MergeHeap.Pair(
          rank: merge.rank, place: Int32(at), left: ids[at], right: ids[next[at]],
          result: merge.result))
    }
    for at in 0..<(ids.count - 1) { consider(at, ids, next, &heap) }
    while let pair = heap.pop() {
      let at = Int(pair.place)
      let right = next[at]
      // A pair whose parts have been merged meanwhile is stale.
      guard ids[at] == pair.left, right < ids.count, ids[right] == pair.right else { continue }
      ids[at] = pair.result
      ids[right] = -1
      next[at] = next[right]
      if next[at] < ids.count { previous[next[at]] = at }
      consider(previous[at], ids, next, &heap)
      consider(at, ids, next, &heap)
    }
    return ids.filter { $0 >= 0 }
  }
}

/// A binary heap of pairs, the lowest rank first and the leftmost among equals.
private struct MergeHeap {
  struct Pair {
    let rank: Int32
    let place: Int32
    let left: Int32
    let right: Int32
    let result: Int32
    func precedes(_ other: Pair) -> Bool { (rank, place) < (other.rank, other.place) }
  }
  private var pairs: [Pair] = []

  mutating func push(_ pair: Pair) {
    pairs.append(pair)
    var at = pairs.count - 1
    while at > 0, pairs[at].precedes(pairs[(at - 1) / 2]) {
      pairs.swapAt(at, (at - 1) / 2)
      at = (at - 1) / 2
    }
  }

  mutating func pop() -> Pair? {
    guard let first = pairs.first, let last = pairs.popLast() else { return nil }
    guard !pairs.isEmpty else { return first }
    pairs[0] = last
    var at = 0
    while true {
      var least = at
      for child in [2 * at + 1, 2 * at + 2] where child < pairs.count {
        if pairs[child].precedes(pairs[least]) { least = child }
      }
      if least == at { return first }
      pairs.swapAt(at, least)
      at = least
    }
  }
}
