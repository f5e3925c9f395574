// SPDX-License-Identifier: GPL-3.0-or-later

/// The colours of figures within a page that can be read on light and on dark paper.
///
/// Each role is a custom property, `--ink` or `--series-0`. Colours of series are those of Okabe and
/// Ito, made darker on light paper and lighter on dark paper until each has a contrast of 3 : 1 to
/// it, which WCAG 2 asks of graphics; what cells of a heat map are filled with never changes.
package enum Theme: Sendable, CaseIterable {
  case light
  case dark

  /// The declarations of every role, `--ink:#1c1c1c;…`.
  package var declarations: String {
    (grounds + series + ramp).map { "--\($0.role):\($0.color.hex)" }.joined(separator: ";")
  }

  var paper: Color { self == .light ? .paper : Color(0x14171A) }

  private var grounds: [(role: String, color: Color)] {
    let colors: [Color] = [
      .paper, .ink, .grey, .reference, .axis, .grid, .minorGrid, .absent, .stop,
    ]
    let dark: [UInt32] = [
      0x14171A, 0xE6E6E3, 0xA9ADB1, 0x9A9EA3, 0x767B80, 0x2C3136, 0x21262A, 0x2A2E33, 0x1B1F23,
    ]
    return zip(colors, dark).map { color, dark in
      (color.role ?? "", self == .light ? color : Color(dark))
    }
  }

  /// Each series' colour and the pale ground of its boxes.
  var series: [(role: String, color: Color)] {
    let colors: [UInt32] =
      switch self {
      case .light: [0x0072B2, 0xD55E00, 0x00875F, 0xB8628F, 0xB27A00, 0x3792C8, 0x333333]
      case .dark: [0x4C9FDB, 0xEF7A2F, 0x22B98A, 0xDC8FBA, 0xE9AC24, 0x98D4F7, 0xEDE6D6]
      }
    return colors.enumerated().flatMap { place, hex in
      let color = Color(hex)
      return [
        ("series-\(place)", color),
        (
          "series-\(place)\(Color.tintSuffix)",
          color.mixed(with: paper, share: Color.tintShare)
        ),
      ]
    }
  }

  /// The ramp of numbered lines: on light paper without its palest end, on dark without its darkest.
  private var ramp: [(role: String, color: Color)] {
    (0..<ColorScale.levels).map { level in
      let share = Double(level) / Double(ColorScale.levels - 1)
      let place =
        self == .light ? share * ColorScale.lineReach : Theme.darkStart + share * Theme.darkReach
      return ("ramp-\(level)", Ramp.cividis(place))
    }
  }

  private static let darkStart = 0.4
  private static let darkReach = 0.6
}
