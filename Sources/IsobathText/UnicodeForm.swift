// SPDX-License-Identifier: GPL-3.0-or-later

/// Unicode's four normal forms, as of Unicode 9, whose tables the reference has.
///
/// Newer characters stay as they are and nothing is composed or reordered across them: for the
/// reference they were not assigned. https://www.unicode.org/reports/tr15/
enum UnicodeForm: Sendable {
  case nfc
  case nfd
  case nfkc
  case nfkd

  private var isCompatible: Bool { self == .nfkc || self == .nfkd }
  private var composes: Bool { self == .nfc || self == .nfkc }

  func apply(_ section: inout Section, _ memory: inout TextMemory) {
    if isNormal(section.bytes) { return }
    var characters: [NormalForms.Character] = []
    characters.reserveCapacity(section.bytes.count)
    section.bytes.withUnsafeBufferPointer { bytes in
      UTF8Scalar.forEach(bytes) { value, _ in
        memory.forms.decompose(value, isCompatible: isCompatible, into: &characters)
      }
    }
    NormalForms.sort(&characters)
    if composes { NormalForms.compose(&characters) }
    var result: [UInt8] = []
    result.reserveCapacity(section.bytes.count)
    for character in characters { UTF8Scalar.append(character.value, to: &result) }
    section.bytes = result
  }

  /// Whether nothing can change: below U+0300 nothing is composed or reordered, below U+00C0 nothing
  /// decomposes canonically, below U+0080 nothing at all.
  private func isNormal(_ bytes: [UInt8]) -> Bool {
    let lead: UInt8 = self == .nfc ? 0xCC : self == .nfd ? 0xC3 : 0x80
    return bytes.allSatisfy {
      $0 < 0x80 || (lead > 0x80 && ($0 & 0xC0 == 0x80 || $0 < lead))
    }
  }
}
