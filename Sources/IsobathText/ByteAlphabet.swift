// SPDX-License-Identifier: GPL-3.0-or-later

/// GPT-2's spelling of bytes as printable characters: in vocabularies, `Ġ` is the space.
///
/// Bytes that print stand for themselves; the 68 others take the code points from U+0100 on.
enum ByteAlphabet {
  private static let scalars: [UInt32] = {
    var next: UInt32 = 0x100
    return (0...255).map { byte in
      let prints = (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
      defer { if !prints { next += 1 } }
      return prints ? UInt32(byte) : next
    }
  }()

  /// Each byte's letter, in UTF-8.
  static let spellings: [[UInt8]] = scalars.map { value in
    var bytes: [UInt8] = []
    UTF8Scalar.append(value, to: &bytes)
    return bytes
  }

  private static let bytes: [UInt8?] = {
    var table = [UInt8?](repeating: nil, count: 0x200)
    for (byte, scalar) in scalars.enumerated() { table[Int(scalar)] = UInt8(byte) }
    return table
  }()

  /// Bytes written in the alphabet.
  static func spell(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(2 * text.count)
    for byte in text { UTF8Scalar.append(scalars[Int(byte)], to: &result) }
    return result
  }

  /// The bytes that a vocabulary entry spells; nil when it uses another character.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    text.withUnsafeBufferPointer { text in
      var result: [UInt8] = []
      result.reserveCapacity(text.count)
      var at = 0
      while at < text.count {
        let (value, length) = UTF8Scalar.at(text, at)
        guard value < bytes.count, let byte = bytes[Int(value)] else { return nil }
        result.append(byte)
        at += length
      }
      return result
    }
  }
}
