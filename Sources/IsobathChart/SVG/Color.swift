// SPDX-License-Identifier: GPL-3.0-or-later

/// An opaque sRGB colour.
package struct Color: Sendable, Hashable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8
  /// What the colour is for, when a page with two themes has another for its dark one; see `Theme`.
  let role: String?

  /// - Parameter hex: 0xRRGGBB.
  package init(_ hex: UInt32) { self.init(hex, role: nil) }

  init(_ hex: UInt32, role: String?) {
    precondition(hex <= 0xFFFFFF, "a colour is 0xRRGGBB")
    self.role = role
    red = UInt8(hex >> 16)
    green = UInt8(hex >> 8 & 0xFF)
    blue = UInt8(hex & 0xFF)
  }

  private init(red: Double, green: Double, blue: Double, role: String? = nil) {
    self.role = role
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

  /// The pale ground of a box in this colour.
  var tint: Color {
    let pale = mixed(with: .paper, share: Color.tintShare)
    return role.map { Color(pale, role: $0 + Color.tintSuffix) } ?? pale
  }

  static let tintShare = 0.72
  static let tintSuffix = "-tint"

  /// The same colour with a role.
  init(_ color: Color, role: String) {
    self.init(
      red: Double(color.red), green: Double(color.green), blue: Double(color.blue), role: role)
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
  package static let ink = Color(0x1C1C1C, role: "ink")
  /// Subtitles, captions, tick labels; 5.9 : 1 on white.
  package static let grey = Color(0x616161, role: "grey")
  /// Reference lines and their like.
  package static let reference = Color(0x737373, role: "reference")
  static let axis = Color(0x8C8C8C, role: "axis")
  static let grid = Color(0xE4E4E4, role: "grid")
  static let minorGrid = Color(0xF1F1F1, role: "minor-grid")
  static let paper = Color(0xFFFFFF, role: "paper")
  /// Under the hatching of a cell without a value.
  static let absent = Color(0xEDEDED, role: "absent")
  /// Behind a named stop beside an axis.
  static let stop = Color(0xF5F5F5, role: "stop")
  /// Texts on cells, whose colours are those of their ramp in every theme.
  static let onDarkCell = Color(0xFFFFFF)
  static let onPaleCell = Color(0x1C1C1C)
}
