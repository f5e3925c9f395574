// SPDX-License-Identifier: GPL-3.0-or-later

/// A layer of a panel: it tells the scales what they must hold, then draws in their places.
package protocol Mark: Sendable {
  func train(_ training: inout Training)
  func draw(in frame: Frame, into svg: inout SVG)
  /// What the legend has to explain.
  func keys(_ series: SeriesScale) -> [LegendKey]
  /// Labels that may stand beside the panel's right edge instead of in the legend.
  func ends(in frame: Frame) -> [EndLabel]
  /// What a reader who points at the mark is told.
  func data(in frame: Frame) -> [Datum]
  /// The same of a heat map.
  func cells(in frame: Frame) -> CellData?
  /// Whether the mark fills its panel, so that a grid would only show through its gaps.
  var hidesGrid: Bool { get }
  /// Whether what is drawn may cross the panel's edge, as a text may.
  var isClipped: Bool { get }
}

extension Mark {
  package func keys(_ series: SeriesScale) -> [LegendKey] { [] }
  package func ends(in frame: Frame) -> [EndLabel] { [] }
  package func data(in frame: Frame) -> [Datum] { [] }
  package func cells(in frame: Frame) -> CellData? { nil }
  package var hidesGrid: Bool { false }
  package var isClipped: Bool { true }
}

/// Collects marks, with `if`, `for` and lists.
@resultBuilder
package enum MarkBuilder {
  package static func buildExpression(_ mark: any Mark) -> [any Mark] { [mark] }
  package static func buildExpression(_ marks: [any Mark]) -> [any Mark] { marks }
  package static func buildBlock(_ marks: [any Mark]...) -> [any Mark] { marks.flatMap { $0 } }
  package static func buildOptional(_ marks: [any Mark]?) -> [any Mark] { marks ?? [] }
  package static func buildEither(first marks: [any Mark]) -> [any Mark] { marks }
  package static func buildEither(second marks: [any Mark]) -> [any Mark] { marks }
  package static func buildArray(_ marks: [[any Mark]]) -> [any Mark] { marks.flatMap { $0 } }
}

/// One entry of the legend; entries with the same label are drawn over each other, so that a line
/// and its band share one.
package struct LegendKey: Sendable {
  enum Glyph: Sendable {
    case line(Look, width: Double)
    case band(Color)
    case marker(Look)
    case swatch(Color)
    case box(Color)
    case errorBar(Color)
    case tick(Color)
  }

  let label: String
  var glyphs: [Glyph]
  /// Whether it says what a mark means, whatever the series; such entries come last.
  var isMeaning = false
}

/// The name of a line, to stand at the height where it ends.
package struct EndLabel: Sendable {
  let label: String
  let y: Double
  let look: Look
  let width: Double
}

/// What a series' rows share, resolved: used by every mark that has series.
struct SeriesChannel: Sendable {
  let groups: [Group]
  let style: Style

  /// - Parameter name: the series of all rows when there is no channel.
  init<Rows: Sequence>(
    _ rows: Rows, channel: Channel<Rows.Element>?, name: String, style: Style
  ) {
    let constant: Value = name.isEmpty ? .missing : .name(name)
    groups = IsobathChart.groups(by: rows.map { channel?($0).channelValue ?? constant })
    self.style = style
  }

  /// A colour that is fixed takes no place in the palette.
  func train(_ training: inout Training) {
    guard style.color == nil else { return }
    for group in groups { training.series.add(group.key) }
  }

  func keys(
    _ series: SeriesScale, _ glyph: (Look) -> LegendKey.Glyph
  ) -> [LegendKey] {
    groups.compactMap { group in
      let label = series.label(group.key)
      guard !label.isEmpty else { return nil }
      return LegendKey(label: label, glyphs: [glyph(series.look(group.key, style))])
    }
  }

  /// What each row gives, series by series.
  func data(_ datum: (_ row: Int, _ key: Value) -> Datum?) -> [Datum] {
    groups.flatMap { group in group.rows.compactMap { datum($0, group.key) } }
  }
}
