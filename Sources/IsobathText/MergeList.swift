// SPDX-License-Identifier: GPL-3.0-or-later

/// The merges of a byte-pair encoding, in order, as pairs of spelled tokens.
struct MergeList: Sendable {
  private(set) var pairs: [(left: ArraySlice<UInt8>, right: ArraySlice<UInt8>)] = []

  init(capacity: Int = 0) { pairs.reserveCapacity(capacity) }

  mutating func append(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) {
    pairs.append((left, right))
  }

  /// Appends a pair spelled "a b".
  ///
  /// - Returns: false when it is not two tokens with one space between.
  mutating func append(line: ArraySlice<UInt8>) -> Bool {
    guard let space = line.firstIndex(of: 0x20) else { return false }
    let right = line[(space + 1)...]
    guard !right.contains(0x20) else { return false }
    pairs.append((line[..<space], right))
    return true
  }

  /// The table of merges, their ranks being their places in the list.
  ///
  /// - Parameter prefix: what the right token drops when it joins the left one.
  func table(
    _ vocabulary: Vocabulary, prefix: [UInt8], _ path: String
  ) throws(TextError) -> PairTable {
    var table = PairTable(capacity: pairs.count)
    var whole: [UInt8] = []
    for (rank, (left, right)) in pairs.enumerated() {
      whole.removeAll(keepingCapacity: true)
      whole += left
      whole += right.dropFirst(prefix.count)
      guard right.count >= prefix.count, let a = vocabulary.id(left), let b = vocabulary.id(right),
        let result = vocabulary.id(whole)
      else {
        let shown = [left, right].map { String(decoding: $0.prefix(40), as: UTF8.self) }
        throw .tokenizer(
          path: path, what: "merge \(rank) ('\(shown[0]) \(shown[1])') is not in the vocabulary")
      }
      table.set(a, b, PairTable.Merge(rank: Int32(rank), result: result))
    }
    return table
  }
}

extension Vocabulary {
  func id(_ bytes: ArraySlice<UInt8>) -> Int32? { bytes.withUnsafeBufferPointer(id) }
}
