// SPDX-License-Identifier: GPL-3.0-or-later

/// A line of text that shows how numbers rise and fall, for a terminal.
package struct Sparkline: Sendable {
  package let text: String

  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// - Parameters:
  ///   - values: missing and not finite ones leave a gap.
  ///   - width: at most so many characters; neighbours share one as their mean. `nil`: one each.
  package init(_ values: [Double?], width: Int? = nil) {
    let values = Sparkline.binned(values.map { $0.flatMap { $0.isFinite ? $0 : nil } }, to: width)
    let known = values.compactMap { $0 }
    guard let low = known.min(), let high = known.max() else {
      text = String(repeating: " ", count: values.count)
      return
    }
    // Halved first: the span of two finite numbers may be infinite.
    let span = high / 2 - low / 2
    text = String(
      values.map { value -> Character in
        guard let value else { return " " }
        guard span > 0 else { return Sparkline.bars[3] }
        return Sparkline.bars[Int(((value / 2 - low / 2) / span * 7).rounded())]
      })
  }

  private static func binned(_ values: [Double?], to width: Int?) -> [Double?] {
    guard let width, width > 0, values.count > width else { return values }
    return (0..<width).map { bin in
      let range = (bin * values.count / width)..<((bin + 1) * values.count / width)
      let known = values[range].compactMap { $0 }
      guard !known.isEmpty else { return nil }
      return known.reduce(0) { $0 + $1 / Double(known.count) }
    }
  }
}
