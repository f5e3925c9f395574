// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Decompositions, looked up one by one and remembered, and compositions.
///
/// Foundation is asked for single characters only. Of strings its Linux version misorders what
/// U+0F73 decomposes to, composes some variation selectors with accents, and leaves U+0CCB and the
/// last Hangul syllable in two.
struct NormalForms {
  /// A code point with what normalizing needs to know of it.
  struct Character {
    var value: UInt32
    /// The canonical combining class.
    var order: UInt8
    /// Whether it may be composed with what stands before it.
    var follows: Bool
  }

  private var canonical: [UInt32: [Character]] = [:]
  private var compatible: [UInt32: [Character]] = [:]

  /// Appends what a code point decomposes to.
  mutating func decompose(
    _ value: UInt32, isCompatible: Bool, into characters: inout [Character]
  ) {
    if value < 0x80 {
      characters.append(Character(value: value, order: 0, follows: false))
      return
    }
    if let known = isCompatible ? compatible[value] : canonical[value] {
      characters += known
      return
    }
    let parts = NormalForms.decomposition(value, isCompatible: isCompatible)
    if isCompatible { compatible[value] = parts } else { canonical[value] = parts }
    characters += parts
  }

  private static func decomposition(_ value: UInt32, isCompatible: Bool) -> [Character] {
    guard let scalar = Unicode.Scalar(value), Scalars.isAssigned(value, by: (9, 0)) else {
      return [Character(value: value, order: 0, follows: false)]
    }
    let text = String(scalar)
    let parts =
      isCompatible
      ? text.decomposedStringWithCompatibilityMapping : text.decomposedStringWithCanonicalMapping
    return parts.unicodeScalars.map(character)
  }

  private static func character(_ scalar: Unicode.Scalar) -> Character {
    let order = scalar.properties.canonicalCombiningClass.rawValue
    let category = scalar.properties.generalCategory
    let isMark = category == .spacingMark || category == .nonspacingMark
    let isJamo = (0x1161...0x11C2).contains(scalar.value)
    return Character(value: scalar.value, order: order, follows: order != 0 || isMark || isJamo)
  }

  /// Puts marks between starters in the order of their classes.
  static func sort(_ characters: inout [Character]) {
    var at = 0
    while at < characters.count {
      if characters[at].order == 0 {
        at += 1
        continue
      }
      var end = at + 1
      while end < characters.count, characters[end].order != 0 { end += 1 }
      if end > at + 1 {
        let ordered = characters[at..<end].enumerated().sorted {
          ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
        }
        characters.replaceSubrange(at..<end, with: ordered.map(\.element))
      }
      at = end
    }
  }

  /// Composes what is decomposed and sorted.
  static func compose(_ characters: inout [Character]) {
    var end = 0
    var starter: Int?
    // The class of the character before, −1 directly behind the starter.
    var last = -1
    for character in characters {
      if character.follows, let starter, last < Int(character.order) || last == -1,
        let whole = NormalForms.composition(characters[starter].value, character.value)
      {
        characters[starter].value = whole
        continue
      }
      if character.order == 0 {
        (starter, last) = (end, -1)
      } else {
        last = Int(character.order)
      }
      characters[end] = character
      end += 1
    }
    characters.removeLast(characters.count - end)
  }

  private static func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
    syllable(first, second) ?? composites[UInt64(first) << 32 | UInt64(second)]
  }

  /// What pairs compose to, found by taking all composites apart.
  private static let composites: [UInt64: UInt32] = {
    var whole: [[UInt32]: UInt32] = [:]
    for range in [UInt32(0xC0)..<0x3100, 0x11080..<0x11600] {
      for value in range {
        guard let scalar = Unicode.Scalar(value), !scalar.properties.isFullCompositionExclusion
        else { continue }
        let parts = decomposition(value, isCompatible: false).map(\.value)
        if parts.count > 1 { whole[parts] = value }
      }
    }
    var pairs: [UInt64: UInt32] = [:]
    for (parts, value) in whole {
      guard let last = parts.last,
        let first = parts.count == 2 ? parts[0] : whole[Array(parts.dropLast())]
      else { continue }
      pairs[UInt64(first) << 32 | UInt64(last)] = value
    }
    return pairs
  }()

  /// A Hangul syllable of a leading consonant and a vowel, or of these and a trailing consonant.
  private static func syllable(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if (0x1100...0x1112).contains(first), (0x1161...0x1175).contains(second) {
      return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    }
    let isOpen = (0xAC00...0xD7A3).contains(first) && (first - 0xAC00) % 28 == 0
    return isOpen && (0x11A8...0x11C2).contains(second) ? first + second - 0x11A7 : nil
  }
}
