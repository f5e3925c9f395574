// SPDX-License-Identifier: GPL-3.0-or-later

/// Characters that PCRE2 may know otherwise than the tokenizers' engine does.
///
/// That engine has the properties of Unicode 16; PCRE2 those of its release, 14 in Debian 12. So
/// before a text is matched, each character newer than 14 is replaced by an old one of the same
/// category and of as many bytes, and each newer than 16 by one that is never assigned: the matches'
/// bounds are those of the text.
enum StandIns {
  /// One bit for each code point up to U+33FFF that needs one; nothing newer stands beyond.
  private static let bits: [UInt64] = {
    var bits = [UInt64](repeating: 0, count: 0x34000 / 64)
    for value in UInt32(0x800)..<0x34000 {
      guard let age = Unicode.Scalar(value)?.properties.age else { continue }
      if (age.major, age.minor) > (14, 0) { bits[Int(value >> 6)] |= 1 << UInt64(value & 63) }
    }
    // A spacing mark that was a nonspacing one until Unicode 15.
    bits[0x1171E >> 6] |= 1 << (0x1171E & 63)
    return bits
  }()

  private static func needs(_ value: UInt32) -> Bool {
    value < 0x34000 && bits[Int(value >> 6)] >> UInt64(value & 63) & 1 == 1
  }

  static func isNeeded(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    while at < bytes.count {
      if bytes[at] < 0xE0 {
        at += 1
      } else {
        let (value, length) = UTF8Scalar.at(bytes, at)
        if needs(value) { return true }
        at += length
      }
    }
    return false
  }

  static func replaced(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    UTF8Scalar.forEach(bytes) { value, _ in
      UTF8Scalar.append(needs(value) ? standIn(value) : value, to: &result)
    }
    return result
  }

  private static func standIn(_ value: UInt32) -> UInt32 {
    let isLong = value > 0xFFFF
    guard let properties = Unicode.Scalar(value)?.properties,
      Scalars.isAssigned(value, by: (16, 0))
    else { return isLong ? 0x1FFFE : 0xFFFE }
    if isHan(value) { return 0x20000 }
    return isLong ? long(properties.generalCategory) : short(properties.generalCategory)
  }

  private static func isHan(_ value: UInt32) -> Bool {
    value == 0x2B739 || (0x2EBF0...0x2EE5D).contains(value) || (0x31350...0x323AF).contains(value)
  }

  private static func short(_ category: Unicode.GeneralCategory) -> UInt32 {
    switch category {
    case .uppercaseLetter: 0xA722
    case .lowercaseLetter: 0xA723
    case .modifierLetter: 0xA717
    case .otherLetter: 0x0E01
    case .nonspacingMark: 0x1AB0
    case .spacingMark: 0x1B04
    case .decimalNumber: 0x0E50
    case .otherNumber: 0x2070
    case .dashPunctuation: 0x2010
    case .openPunctuation: 0x2045
    case .closePunctuation: 0x2046
    case .otherPunctuation: 0x2016
    case .mathSymbol: 0x2044
    case .currencySymbol: 0x20A0
    case .modifierSymbol: 0x309B
    case .otherSymbol: 0x2100
    default: 0xFFFE
    }
  }

  private static func long(_ category: Unicode.GeneralCategory) -> UInt32 {
    switch category {
    case .uppercaseLetter: 0x10400
    case .lowercaseLetter: 0x10428
    case .modifierLetter: 0x16B40
    case .otherLetter: 0x10280
    case .nonspacingMark: 0x101FD
    case .spacingMark: 0x11000
    case .decimalNumber: 0x104A0
    case .letterNumber: 0x10140
    case .otherNumber: 0x10107
    case .dashPunctuation: 0x10EAD
    case .otherPunctuation: 0x10100
    case .mathSymbol: 0x1D6C1
    case .otherSymbol: 0x1D000
    case .modifierSymbol: 0x1F3FB
    case .format: 0x110BD
    default: 0x1FFFE
    }
  }
}
