// SPDX-License-Identifier: GPL-3.0-or-later

/// What the marks of all panels have taught the scales.
struct Trained: Sendable {
  let panels: [Training]
  let all: Training
  let color: ColorScale
  let series: SeriesScale
  let keys: [LegendKey]
  /// Whether a colour bar explains numbers.
  let hasBar: Bool
  /// Whether series have numbers for names, which then need a heading.
  let namesNumbers: Bool

  /// More numbered series than this are told by a colour bar instead of by name.
  private static let namedNumbers = 7

  init(_ chart: Chart) {
    panels = chart.panels.map(\.training)
    var all = panels.reduce(into: Training()) { $0.merge($1) }
    let numbers = Set(all.series.numbers)
    let isForLines = all.color.numbers.isEmpty
    all.color.add(numbers.sorted().map { .number($0) })
    if chart.color.scale.kind == .logarithmic && all.color.numbers.contains(where: { $0 <= 0 }) {
      all.hasMissingCells = true
    }
    self.all = all
    color = ColorScale(chart.color, domain: all.color, forLines: isForLines)
    series = SeriesScale(
      all.series, order: chart.order, color: color,
      format: numbers.count <= Trained.namedNumbers ? chart.color.format : nil)
    let series = self.series
    keys = Trained.merged(chart.panels.flatMap(\.marks).flatMap { $0.keys(series) })
    hasBar = !isForLines || numbers.count > Trained.namedNumbers
    namesNumbers = !numbers.isEmpty && !hasBar
  }

  /// Entries with one label become one entry.
  private static func merged(_ keys: [LegendKey]) -> [LegendKey] {
    var places: [String: Int] = [:]
    var merged: [LegendKey] = []
    for key in keys {
      if let place = places[key.label] {
        let kinds = Set(merged[place].glyphs.map(\.kind))
        merged[place].glyphs += key.glyphs.filter { !kinds.contains($0.kind) }
      } else {
        places[key.label] = merged.count
        merged.append(key)
      }
    }
    return merged.filter { !$0.isMeaning } + merged.filter(\.isMeaning)
  }
}
