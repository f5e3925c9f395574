// SPDX-License-Identifier: GPL-3.0-or-later

/// What SentencePiece's normalizer does besides its table: spaces trimmed and joined, one put in
/// front, all written as `▁`. https://github.com/google/sentencepiece
struct SentencePieceSpaces: Sendable {
  var charsmap: Charsmap?
  /// `add_dummy_prefix`: a space in front.
  var addsPrefix = true
  /// `remove_extra_whitespaces`: none at the ends, one for several.
  var joinsSpaces = true
  /// `escape_whitespaces`: `▁` for a space.
  var escapes = true
  /// `treat_whitespace_as_suffix`: the space goes behind instead.
  var isSuffix = false
  /// What the table must not touch: pieces that users defined.
  var kept: ByteTrie?

  func apply(_ section: inout Section) {
    var result: [UInt8] = []
    result.reserveCapacity(section.bytes.count + section.bytes.count / 4 + 3)
    let space = escapes ? SafeCuts.space : [0x20]
    section.bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      // Nothing but spaces is nothing.
      if joinsSpaces {
        while at < bytes.count {
          let (length, new) = step(bytes, at)
          guard new.elementsEqual([0x20]) else { break }
          at += length
        }
        if at == bytes.count { return }
      }
      if addsPrefix, !isSuffix { result += space }
      var isSpace = joinsSpaces
      while at < bytes.count {
        let (length, replacement) = step(bytes, at)
        var new = replacement
        // Spaces at the start of a replacement go where one stands already.
        while isSpace, new.first == 0x20 { new = new.dropFirst() }
        for byte in new { if byte == 0x20 { result += space } else { result.append(byte) } }
        if let last = new.last { isSpace = joinsSpaces && last == 0x20 }
        at += length
      }
      while joinsSpaces, result.count >= space.count, result.suffix(space.count) == space[...] {
        result.removeLast(space.count)
      }
      if addsPrefix, isSuffix { result += space }
    }
    section.bytes = result
  }

  /// The next stretch of a text and what it becomes.
  private func step(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int
  ) -> (length: Int, replacement: ArraySlice<UInt8>) {
    if let length = keptLength(bytes, at) { return (length, ArraySlice(bytes[at..<(at + length)])) }
    if let found = charsmap?.longest(bytes.part(at..<bytes.count)) {
      return (found.length, found.replacement)
    }
    let length = min(UTF8Scalar.length(bytes[at]), bytes.count - at)
    return (length, ArraySlice(bytes[at..<(at + length)]))
  }

  /// The bytes of the longest kept piece that begins here.
  private func keptLength(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    guard let kept else { return nil }
    var (node, at) = (ByteTrie.root, start)
    var found: Int?
    while at < bytes.count, let next = kept.child(node, bytes[at]) {
      node = next
      at += 1
      if kept.value(node) >= 0 { found = at - start }
    }
    return found
  }
}
