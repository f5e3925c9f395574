// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Unicode's four normal forms, as of Unicode 11, which the reference was built on.
///
/// Newer characters stay as they are and nothing is composed or reordered across them: for the
/// reference they were not assigned. https://www.unicode.org/reports/tr15/
enum UnicodeForm: Sendable {
  case nfc
  case nfd
  case nfkc
  case nfkd

  func apply(_ section: inout Section) {
    // Below U+0300 nothing is composed or reordered, below U+00C0 nothing decomposes canonically.
    let lead: UInt8 = self == .nfc ? 0xCC : self == .nfd ? 0xC3 : 0x80
    if section.bytes.allSatisfy({ $0 < 0x80 || ($0 < lead && $0 >= 0xC0) || $0 & 0xC0 == 0x80 }),
      lead > 0x80 || section.isASCII
    {
      return
    }
    var result: [UInt8] = []
    result.reserveCapacity(section.bytes.count)
    section.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      UTF8Scalar.forEach(bytes) { value, range in
        if value >= 0x300, !Scalars.isAssigned(value, by: (11, 0)) {
          append(bytes.part(start..<range.lowerBound), to: &result)
          result += bytes[range]
          start = range.upperBound
        }
      }
      append(bytes.part(start..<bytes.count), to: &result)
    }
    section.bytes = result
  }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
    if bytes.isEmpty { return }
    let text = String(decoding: bytes, as: UTF8.self)
    let normal =
      switch self {
      case .nfc: text.precomposedStringWithCanonicalMapping
      case .nfd: text.decomposedStringWithCanonicalMapping
      case .nfkc: text.precomposedStringWithCompatibilityMapping
      case .nfkd: text.decomposedStringWithCompatibilityMapping
      }
    result += normal.utf8
  }
}
