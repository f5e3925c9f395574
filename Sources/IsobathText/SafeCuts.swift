// SPDX-License-Identifier: GPL-3.0-or-later

/// Places where a long text can be cut without a merge noticing: in front of a `▁` that no merge
/// joins to what stands before it.
///
/// Llama's and Gemma's tokenizers hand a whole document to their model, yet hardly ever merge across
/// words; cut into words, the document costs no more than the words, and repeated ones are known.
struct SafeCuts: Sendable {
  /// A shorter piece is not worth cutting.
  static let shortest = 32
  /// U+2581, which stands for a space.
  static let space: [UInt8] = [0xE2, 0x96, 0x81]
  /// The characters behind which a `▁` may be merged, `▁` itself always among them.
  private let joined: Set<UInt32>
  private let joinsASCII: [Bool]

  /// - Parameter apart: tokens that stand for other characters than those they are spelled with: where
  ///   one of them is merged with a `▁`, nothing can be said.
  /// - Returns: nil when a text cannot be cut.
  init?(_ merges: MergeList, _ vocabulary: Vocabulary, apart: [Int32?]) {
    guard vocabulary.id(SafeCuts.space) != nil else { return nil }
    let apart = Set(apart.compactMap { $0 })
    var joined: Set<UInt32> = [0x2581]
    var isKnown = true
    merges.forEach { _, pair, middle in
      let (left, right) = (pair.part(0..<middle), pair.part(middle..<pair.count))
      guard right.starts(with: SafeCuts.space) else { return }
      if left.isEmpty || vocabulary.id(left).map(apart.contains) == true {
        isKnown = false
      } else {
        joined.insert(UTF8Scalar.before(left, left.count).value)
      }
    }
    guard isKnown else { return nil }
    self.joined = joined
    joinsASCII = (0..<128).map { joined.contains($0) }
  }

  /// Visits the parts of a piece, which merge as the piece does.
  func forEach(
    _ piece: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>) throws(TextError) -> Void
  ) throws(TextError) {
    var start = 0
    var at = 1
    while at + 2 < piece.count {
      if piece[at] == 0xE2, piece[at + 1] == 0x96, piece[at + 2] == 0x81,
        !joins(piece, before: at)
      {
        try body(piece.part(start..<at))
        start = at
        at += 3
      } else {
        at += 1
      }
    }
    try body(piece.part(start..<piece.count))
  }

  private func joins(_ piece: UnsafeBufferPointer<UInt8>, before at: Int) -> Bool {
    let last = piece[at - 1]
    if last < 0x80 { return joinsASCII[Int(last)] }
    return joined.contains(UTF8Scalar.before(piece, at).value)
  }
}
