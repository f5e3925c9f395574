// SPDX-License-Identifier: GPL-3.0-or-later

/// Texts from outside (names of models, ids of documents), made safe to show.
package enum VisibleText {
  /// The text with every control character and every character that changes the direction of writing
  /// spelled as `\u001b`, except those to keep.
  package static func escaped(
    _ text: String, keeping kept: Set<Unicode.Scalar> = []
  ) -> String {
    guard text.unicodeScalars.contains(where: { isHidden($0) && !kept.contains($0) }) else {
      return text
    }
    var visible = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar) && !kept.contains(scalar) {
        let hex = String(scalar.value, radix: 16)
        visible += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      } else {
        visible.unicodeScalars.append(scalar)
      }
    }
    return visible
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // C0 and C1 controls, line and paragraph separators.
    case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
    // Marks, embeddings, overrides and isolates of direction; the byte-order mark.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
