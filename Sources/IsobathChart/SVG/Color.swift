// SPDX-License-Identifier: GPL-3.0-or-later

/// An opaque sRGB colour.
package struct Color: Sendable, Hashable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  /// - Parameter hex: 0xRRGGBB.
  package init(_ hex: UInt32) {
    precondition(hex <= 0xFFFFFF, "a colour is 0xRRGGBB")
    red = UInt8(hex >> 16)
    green = UInt8(hex >> 8 & 0xFF)
    blue = UInt8(hex & 0xFF)
  }

  private init(red: Double, green: Double, blue: Double) {
    self.red = UInt8(red.rounded())
    self.green = UInt8(green.rounded())
    self.blue = UInt8(blue.rounded())
  }

  /// The colour `share` of the way to another, 0…1, channel by channel in sRGB.
  func mixed(with other: Color, share: Double) -> Color {
    func mix(_ a: UInt8, _ b: UInt8) -> Double { Double(a) * (1 - share) + Double(b) * share }
    return Color(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }

  /// `#rrggbb`, or `#rgb` where that says the same.
  var hex: String {
    let pairs = [red, green, blue].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    let isShort = [red, green, blue].allSatisfy { $0 >> 4 == $0 & 15 }
    return "#" + pairs.map { isShort ? String($0.prefix(1)) : $0 }.joined()
  }

  /// Whether white text reads better on it than black: a luma below the middle, about where the
  /// two contrast ratios of WCAG 2 meet.
  var isDark: Bool {
    299 * Int(red) + 587 * Int(green) + 114 * Int(blue) < 128_000
  }
}

extension Color {
  /// Titles and labels.
  package static let ink = Color(0x1C1C1C)
  /// Subtitles, captions, tick labels; 5.9 : 1 on white.
  package static let grey = Color(0x616161)
  /// Reference lines and their like.
  package static let reference = Color(0x737373)
  static let axis = Color(0x8C8C8C)
  static let grid = Color(0xE4E4E4)
  static let minorGrid = Color(0xF1F1F1)
  static let paper = Color(0xFFFFFF)
  /// Under the hatching of a cell without a value.
  static let absent = Color(0xEDEDED)
}
