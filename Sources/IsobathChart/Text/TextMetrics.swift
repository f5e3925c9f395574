// SPDX-License-Identifier: GPL-3.0-or-later

/// How wide text is, without a font at hand: the advance widths of DejaVu Sans, the widest of the
/// fonts that the charts name, so that what fits here fits in all of them.
enum TextMetrics {
  /// U+0020 to U+007E, thousandths of an em.
  private static let ascii: [Int] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
  ]
  /// Bold letters of the same font are 12 % wider on average and 15 % in words of narrow ones.
  private static let boldFactor = 1.15

  /// The width of one line, in px.
  static func width(_ string: String, size: Double, bold: Bool = false) -> Double {
    let thousandths = string.unicodeScalars.reduce(0) { $0 + advance($1) }
    return Double(thousandths) / 1000 * size * (bold ? boldFactor : 1)
  }

  private static func advance(_ scalar: Unicode.Scalar) -> Int {
    let code = Int(scalar.value)
    if (0x20...0x7E).contains(code) { return ascii[code - 0x20] }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch code {
    case 0x2014, 0x2026: return 1000
    case 0x00B2, 0x00B3, 0x00B9, 0x2000...0x206F: return 530
    case 0x2070...0x209F: return 530
    case 0x2190...0x22FF: return 870
    case 0x00A0...0x024F: return 800
    case 0x0370...0x03FF: return 690
    case 0x0400...0x07FF: return 900
    case 0x1F000...0x1FAFF: return 1300
    case 0x1100...0x115F, 0x2E80...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0x20000...0x3FFFF:
      return 1000
    default: return 900
    }
  }
}
