// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// SentencePiece's compiled table of replacements: a double array of text pieces and, behind it, what
/// each is replaced with. https://github.com/s-yata/darts-clone
struct Charsmap: Sendable {
  private let units: [UInt32]
  private let texts: [UInt8]
  /// What each ASCII character becomes; nil when it stays.
  private var ascii: [[UInt8]?] = Array(repeating: nil, count: 128)

  /// - Parameter path: the file, for errors.
  init(_ blob: [UInt8], path: String) throws(TextError) {
    let wrong = { (what: String) -> TextError in
      .tokenizer(path: path, what: "the precompiled charsmap is damaged: \(what)")
    }
    guard blob.count >= 4 else { throw wrong("it has \(blob.count) bytes") }
    let size = Int(Charsmap.word(blob, 0))
    guard size > 0, size % 4 == 0, size <= blob.count - 4 else {
      throw wrong("\(size) bytes of units in \(blob.count) bytes")
    }
    units = stride(from: 4, to: 4 + size, by: 4).map { Charsmap.word(blob, $0) }
    texts = Array(blob[(4 + size)...])
    guard String(validating: texts, as: UTF8.self) != nil else {
      throw wrong("a replacement is not UTF-8")
    }
    guard texts.isEmpty || texts.last == 0 else { throw wrong("a replacement has no end") }
    for byte in 0..<UInt8(128) {
      let new = [byte].withUnsafeBufferPointer { first($0) }
      ascii[Int(byte)] = new.map(Array.init)
    }
  }

  private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
  }

  /// Walks the array along a text; calls back where a piece ends with the place of its replacement.
  private func walk(_ text: UnsafeBufferPointer<UInt8>, _ found: (_ end: Int, _ value: Int) -> Bool)
  {
    guard let root = units.first else { return }
    var node = Charsmap.offset(root)
    for at in 0..<text.count {
      let byte = UInt32(text[at])
      // A zero byte would lead to a value instead of a child.
      if byte == 0 { return }
      node ^= byte
      guard Int(node) < units.count else { return }
      let unit = units[Int(node)]
      guard unit & 0x8000_00FF == byte else { return }
      node ^= Charsmap.offset(unit)
      guard Int(node) < units.count else { return }
      if unit >> 8 & 1 == 1, !found(at + 1, Int(units[Int(node)] & 0x7FFF_FFFF)) { return }
    }
  }

  private static func offset(_ unit: UInt32) -> UInt32 { (unit >> 10) << ((unit & 0x200) >> 6) }

  private func text(_ value: Int) -> ArraySlice<UInt8> {
    guard value < texts.count else { return [] }
    return texts[value...].prefix { $0 != 0 }
  }

  /// The replacement of the shortest piece that begins the text.
  private func first(_ text: UnsafeBufferPointer<UInt8>) -> ArraySlice<UInt8>? {
    var place: Int?
    walk(text) { _, value in
      place = value
      return false
    }
    return place.map(self.text)
  }

  /// The longest piece that begins the text, and its replacement: SentencePiece's own rule.
  func longest(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> (length: Int, replacement: ArraySlice<UInt8>)? {
    var found: (length: Int, value: Int)?
    walk(text) { end, value in
      found = (end, value)
      return true
    }
    return found.map { ($0.length, self.text($0.value)) }
  }

  /// The reference's rule: a grapheme of at most five bytes is looked up first, then its characters.
  func apply(_ section: inout Section) {
    var result: [UInt8] = []
    result.reserveCapacity(section.bytes.count)
    section.bytes.withUnsafeBufferPointer { bytes in
      Graphemes.forEach(bytes) { range in
        if range.count == 1 {
          let byte = bytes[range.lowerBound]
          if let new = ascii[Int(byte)] { result += new } else { result.append(byte) }
        } else if range.count < 6, let new = first(bytes.part(range)) {
          result += new
        } else {
          UTF8Scalar.forEach(bytes.part(range)) { _, inner in
            let part = bytes.part(
              (range.lowerBound + inner.lowerBound)..<(range.lowerBound + inner.upperBound))
            if let new = first(part) { result += new } else { result += part }
          }
        }
        if range.lowerBound == 0, result.isEmpty { section.isAtStart = false }
      }
    }
    section.bytes = result
  }
}

/// Extended grapheme clusters.
enum Graphemes {
  /// Visits the clusters of bytes that are UTF-8.
  ///
  /// ASCII before ASCII stands alone, but for CR LF; only other stretches are handed to `String`.
  static func forEach(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    var at = 0
    while at < bytes.count {
      let isLast = at + 1 == bytes.count
      if bytes[at] < 0x80, isLast || bytes[at + 1] < 0x80 {
        let isPair = !isLast && bytes[at] == 0x0D && bytes[at + 1] == 0x0A
        body(at..<(at + (isPair ? 2 : 1)))
        at += isPair ? 2 : 1
        continue
      }
      var end = at + 1
      while end < bytes.count, bytes[end] >= 0x80 || bytes[end - 1] >= 0x80 { end += 1 }
      // A CR is never joined to what stands before it, and may be to what stands behind.
      if end > at + 1, bytes[end - 1] == 0x0D { end -= 1 }
      for character in String(decoding: bytes.part(at..<end), as: UTF8.self) {
        let length = character.utf8.count
        body(at..<(at + length))
        at += length
      }
    }
  }
}
