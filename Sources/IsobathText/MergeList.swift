// SPDX-License-Identifier: GPL-3.0-or-later

/// The merges of a byte-pair encoding, in order, as pairs of spelled tokens.
struct MergeList: Sendable {
  private struct Span {
    let start: Int32
    let left: Int32
    let right: Int32
  }

  /// Each pair's left and right token, one behind the other.
  private var pool: [UInt8] = []
  private var spans: [Span] = []

  init(capacity: Int = 0) { spans.reserveCapacity(capacity) }

  var isEmpty: Bool { spans.isEmpty }

  mutating func append(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) {
    let start = pool.count
    pool.append(contentsOf: left)
    let middle = pool.count
    pool.append(contentsOf: right)
    spans.append(
      Span(
        start: Int32(start), left: Int32(middle - start), right: Int32(pool.count - middle)))
  }

  /// Appends a pair spelled "a b".
  ///
  /// - Returns: false when it is not two tokens with one space between.
  mutating func append(line: ArraySlice<UInt8>) -> Bool {
    guard let space = line.firstIndex(of: 0x20) else { return false }
    let right = line[(space + 1)...]
    guard !right.contains(0x20) else { return false }
    append(line[..<space], right)
    return true
  }

  /// Visits the pairs in order.
  func forEach<E: Error>(
    _ body: (_ rank: Int, _ pair: UnsafeBufferPointer<UInt8>, _ middle: Int) throws(E) -> Void
  ) throws(E) {
    try pool.withUnsafeBufferPointer { pool throws(E) in
      for (rank, span) in spans.enumerated() {
        let (start, end) = (Int(span.start), Int(span.start + span.left + span.right))
        try body(rank, pool.part(start..<end), Int(span.left))
      }
    }
  }

  /// The table of merges, their ranks being their places in the list.
  ///
  /// - Parameter prefix: what the right token drops when it joins the left one.
  func table(
    _ vocabulary: Vocabulary, prefix: [UInt8], _ path: String
  ) throws(TextError) -> PairTable {
    var table = PairTable(capacity: spans.count)
    // Most files number tokens in the order of the merges that make them.
    var guess: Int32 = 0
    try forEach { rank, pair, middle throws(TextError) in
      let (left, right) = (pair.part(0..<middle), pair.part(middle..<pair.count))
      let result =
        prefix.isEmpty
        ? vocabulary.id(pair, guess: guess)
        : vocabulary.id(Array(left) + right.dropFirst(prefix.count))
      guard right.count >= prefix.count, let result, let a = vocabulary.id(left),
        let b = vocabulary.id(right)
      else {
        let shown = [left, right].map { String(decoding: $0.prefix(40), as: UTF8.self) }
        throw .tokenizer(
          path: path, what: "merge \(rank) ('\(shown[0]) \(shown[1])') is not in the vocabulary")
      }
      table.set(a, b, PairTable.Merge(rank: Int32(rank), result: result))
      guess = result + 1
    }
    return table
  }
}
