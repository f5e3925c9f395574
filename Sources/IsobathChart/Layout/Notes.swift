// SPDX-License-Identifier: GPL-3.0-or-later

/// What a chart could not show, said in its caption: nothing is left out in silence.
struct Notes: Sendable {
  let sentences: [String]

  init(_ chart: Chart, _ trained: Trained) {
    let axes = [(chart.x.scale, trained.all.x), (chart.y.scale, trained.all.y)]
    let outside = axes.reduce(0) { $0 + Notes.outside($1.0, $1.1) }
    let unplaced =
      axes.reduce(0) { $0 + Notes.notPositive($1.0, $1.1) }
      + Notes.notPositive(chart.color.scale, trained.all.color)
    let beyond = Notes.outside(chart.color.scale, trained.all.color)
    sentences = [
      outside == 0 ? nil : "\(Notes.values(outside)) outside the axes.",
      unplaced == 0
        ? nil : "\(Notes.values(unplaced)) not positive and not shown on a logarithmic scale.",
      beyond == 0 ? nil : "\(Notes.values(beyond)) beyond the colour scale and shown as its end.",
    ].compactMap { $0 }
  }

  private static func values(_ count: Int) -> String {
    count == 1 ? "1 value is" : "\(count) values are"
  }

  private static func outside(_ scale: Scale, _ domain: Domain) -> Int {
    guard let range = scale.domain else { return 0 }
    let isLogarithmic = scale.kind == .logarithmic
    return domain.numbers.filter { !range.contains($0) && (!isLogarithmic || $0 > 0) }.count
  }

  private static func notPositive(_ scale: Scale, _ domain: Domain) -> Int {
    scale.kind == .logarithmic ? domain.numbers.filter { $0 <= 0 }.count : 0
  }
}
