// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown
import IsobathMeasure
import IsobathRecord

/// The same question under every preparation and denominator of the run: does the answer survive?
struct MultiverseSection: ReportSection {
  let title = "Would another choice disagree?"

  /// One way to ask: a preparation and what the entropy is divided by.
  private struct Universe {
    let preparation: String
    let denominator: String
    let valley: Record
    let share: String
    let fall: Record

    /// Whether the whole interval of the fall lies below zero.
    var falls: Bool? { fall.high.map { $0 < 0 } }
  }

  private static let denominators = [
    ("entropy", "nothing"), ("entropy-per-log-width", "ln d"), ("entropy-per-log-tokens", "ln N"),
    ("entropy-per-log-rank", "ln min(N, d)"), ("entropy-per-both-logs", "ln N · ln d"),
  ]

  func content(_ data: ReportData) -> SectionContent? {
    let universes = data.preparations.flatMap { preparation in
      MultiverseSection.denominators.compactMap { universe(data, preparation, $0.0, $0.1) }
    }
    guard universes.count > 1 else { return nil }
    let table = Table(
      ["preparation", "H divided by", "lowest after", "in so many resamples"],
      numbers: ["fall from the embedding", "level of the interval"],
      universes.map { universe in
        [
          universe.preparation, universe.denominator,
          Wording.place(universe.valley.site, blocks: data.blocks), universe.share,
          Wording.interval(universe.fall, 3),
          universe.fall.level.map { Wording.percent($0) } ?? "–",
        ]
      })
    return SectionContent(blocks: [
      .paragraph(Prose(verdict(data, universes))),
      .details(summary: "All \(universes.count) combinations", [.table(table)]),
    ])
  }

  private func universe(
    _ data: ReportData, _ preparation: String, _ measure: String, _ denominator: String
  ) -> Universe? {
    guard let valley = data.rows("valley", measure, preparation: preparation).first,
      let fall = data.rows("fall", measure, preparation: preparation).first,
      valley.estimate != nil, fall.estimate != nil
    else { return nil }
    let share = data.rows("valley-share", measure, preparation: preparation)
      .first { $0.site == valley.site }?.estimate
    return Universe(
      preparation: preparation, denominator: denominator, valley: valley,
      share: share.map(Wording.percent) ?? "–", fall: fall)
  }

  /// How many combinations find the fall and the valley of the report's own.
  private func verdict(_ data: ReportData, _ universes: [Universe]) -> String {
    let own = universes[0]
    let same = universes.count { $0.valley.site == own.valley.site }
    let falls = universes.count { $0.falls == true }
    let place = Wording.place(own.valley.site, blocks: data.blocks)
    let dissenters = universes.filter { $0.valley.site != own.valley.site }
    let others = Set(dissenters.map(\.preparation)).sorted()
    let denominators = Set(
      dissenters.filter { $0.preparation == own.preparation }.map(\.denominator)
    ).sorted()
    var reasons = others.filter { $0 != own.preparation }.map { "preparation \($0)" }
    if !denominators.isEmpty {
      reasons.append("dividing by \(denominators.joined(separator: ", "))")
    }
    let why = reasons.isEmpty ? "" : " What moves it: \(reasons.joined(separator: "; "))."
    return """
      Asked in \(universes.count) ways (\(data.preparations.count) \
      preparation\(data.preparations.count == 1 ? "" : "s"), five denominators), the curve is lowest \
      after \(place) in \(same), and falls from the embedding to its lowest point, by more than \
      resampling explains, in \(falls).\(why)
      """
  }
}
