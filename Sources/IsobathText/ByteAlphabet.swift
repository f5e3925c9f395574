// SPDX-License-Identifier: GPL-3.0-or-later

/// GPT-2's spelling of bytes as printable characters: in vocabularies, `Ġ` is the space.
///
/// Bytes that print stand for themselves; the 68 others take the code points from U+0100 on.
enum ByteAlphabet {
  private static let scalars: [UnicodeScalar] = {
    var next: UInt32 = 0x100
    return (0...255).map { byte in
      let prints = (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
      defer { if !prints { next += 1 } }
      return UnicodeScalar(prints ? UInt32(byte) : next) ?? " "
    }
  }()

  private static let bytes: [UInt8?] = {
    var table = [UInt8?](repeating: nil, count: 0x200)
    for (byte, scalar) in scalars.enumerated() { table[Int(scalar.value)] = UInt8(byte) }
    return table
  }()

  /// The bytes that a vocabulary entry spells; nil when it uses another character.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var at = 0
    while at < text.count {
      // The alphabet's code points take one or two bytes of UTF-8.
      let lead = text[at]
      let value: Int
      if lead < 0x80 {
        value = Int(lead)
        at += 1
      } else if lead & 0xE0 == 0xC0, at + 1 < text.count {
        value = Int(lead & 0x1F) << 6 | Int(text[at + 1] & 0x3F)
        at += 2
      } else {
        return nil
      }
      guard value < bytes.count, let byte = bytes[value] else { return nil }
      result.append(byte)
    }
    return result
  }
}
