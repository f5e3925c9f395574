// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import IsobathChart

@Suite struct ThemeTests {
  private func colors(_ theme: Theme) -> [String: Color] {
    let pairs = theme.declarations.split(separator: ";").compactMap { part -> (String, Color)? in
      guard let match = part.wholeMatch(of: /--([a-z0-9-]+):#([0-9a-f]+)/) else { return nil }
      let hex = match.2.count == 3 ? match.2.map { "\($0)\($0)" }.joined() : String(match.2)
      return UInt32(hex, radix: 16).map { (String(match.1), Color($0)) }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// WCAG 2's contrast ratio.
  private func contrast(_ a: Color, _ b: Color) -> Double {
    func luminance(_ color: Color) -> Double {
      let parts = [color.red, color.green, color.blue].map { part -> Double in
        let x = Double(part) / 255
        return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let both = [luminance(a), luminance(b)].sorted()
    return (both[1] + 0.05) / (both[0] + 0.05)
  }

  @Test func bothHaveEveryRole() {
    let light = colors(.light)
    #expect(Set(light.keys) == Set(colors(.dark).keys))
    for place in SeriesScale.palette.indices {
      #expect(light["series-\(place)"] != nil && light["series-\(place)-tint"] != nil)
    }
    #expect((0..<ColorScale.levels).allSatisfy { light["ramp-\($0)"] != nil })
  }

  @Test(arguments: Theme.allCases)
  func canBeSeen(theme: Theme) throws {
    let colors = colors(theme)
    let paper = try #require(colors["paper"])
    for (role, color) in colors where role.hasPrefix("series-") && !role.hasSuffix("tint") {
      let ratio = contrast(color, paper)
      #expect(ratio >= 3, "--\(role) of \(theme): \(ratio)")
    }
    for role in ["ink", "grey"] {
      #expect(contrast(try #require(colors[role]), paper) >= 4.5, "--\(role) of \(theme)")
    }
    for role in ["axis", "reference"] {
      #expect(contrast(try #require(colors[role]), paper) >= 3, "--\(role) of \(theme)")
    }
  }

  /// Neighbouring series stay apart by more than a shade.
  @Test(arguments: Theme.allCases)
  func canBeToldApart(theme: Theme) throws {
    let colors = theme.series.filter { !$0.role.hasSuffix("tint") }.map(\.color)
    for (one, other) in zip(colors, colors.dropFirst()) {
      let distance = [
        Int(one.red) - Int(other.red), Int(one.green) - Int(other.green),
        Int(one.blue) - Int(other.blue),
      ].map { Double($0 * $0) }.reduce(0, +).squareRoot()
      #expect(distance > 80, "\(one.hex) and \(other.hex) of \(theme)")
    }
  }
}
