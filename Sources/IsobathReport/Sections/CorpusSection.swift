// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// All documents in one matrix, and whether there are enough of them.
struct CorpusSection: ReportSection {
  let title = "The whole corpus at once"

  /// A curve through depth: an analysis and what it is called.
  private static let curves = [
    ("mean", "within documents (mean)"), ("pooled-mean", "documents' means"),
    ("pooled-last", "last tokens"), ("pooled-tokens", "all tokens (centred)"),
  ]

  func content(_ data: ReportData) -> SectionContent? {
    let pooled = PooledRowsOfReport(data)
    let adequacy = EnoughDocuments(data, pooled.preparation)
    let texts = [pooled.finding, pooled.warning, adequacy.sentence].filter { !$0.isEmpty }
    guard !texts.isEmpty else { return nil }
    var content = SectionContent(blocks: [.paragraph(Prose(texts.joined(separator: " ")))])
    if !pooled.finding.isEmpty { content.figures.append(figure(data, pooled)) }
    // Flat lines alone say what the sentence says.
    if adequacy.hasPooled { content.figures.append(adequacy.figure) }
    if let map = AcrossDocumentsMap(data, pooled.preparation) {
      content.figures.append(map.figure)
      content.blocks.append(.paragraph(Prose(map.text)))
    }
    return content
  }

  private func figure(_ data: ReportData, _ pooled: PooledRowsOfReport) -> Figure {
    let curves = Self.curves.map { ($0.1, pooled.curve($0.0)) }.filter { !$0.1.isEmpty }
    let names = Dictionary(uniqueKeysWithValues: Self.curves)
    let label = { (row: Record) in names[row.analysis] ?? row.analysis }
    let rows = curves.flatMap(\.1)
    let chart = Chart(
      "Entropy within documents and of the whole corpus",
      subtitle: "\(data.model): \(data.documents) documents, preparation \(pooled.preparation); "
        + "bands: \(Wording.percent(data.level)) intervals",
      description: pooled.finding, x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Matrix entropy H", unit: "nats"), order: Self.curves.map(\.1)
    ) {
      Band(rows, x: { Wording.depth($0.site) }, low: \.low, high: \.high, series: label)
      Line(rows, x: { Wording.depth($0.site) }, y: \.estimate, series: label)
    }
    let sites = data.sites.map(\.name).filter { site in rows.contains { $0.site == site } }
    let plain = pooled.curve("pooled-mean-plain")
    let table = Table(
      ["site"],
      numbers: curves.map(\.0) + [
        "documents' means, uncorrected", "participation ratio, unbiased",
      ],
      sites.map { site in
        [site]
          + curves.map { Wording.interval($0.1.first { $0.site == site }, 3) }
          + [
            Wording.number(plain.first { $0.site == site }?.estimate),
            Wording.interval(pooled.ratios.first { $0.site == site }, 1),
          ]
      })
    return Figure(name: "corpus-by-depth", chart: chart, alt: pooled.finding, table: table)
  }
}

/// The pooled rows of a report under one preparation, and what they say.
private struct PooledRowsOfReport {
  private let data: ReportData
  /// The report's main one, or the first that pooled rows have.
  let preparation: String
  /// The unbiased participation ratios of centred rows.
  let ratios: [Record]

  init(_ data: ReportData) {
    self.data = data
    let found = ["pooled-mean", "pooled-last"].flatMap { analysis in
      data.answers.filter { $0.analysis == analysis && $0.measure == "entropy" }
    }.map(\.preparation)
    preparation =
      found.contains(data.preparation)
      ? data.preparation : found.contains("paper") ? "paper" : found.first ?? data.preparation
    ratios = data.rows("pooled-mean", "participation-ratio", preparation: "centred")
  }

  /// One analysis' entropies along the depth curve.
  ///
  /// Tokens that pass by cannot be centred before their rows are scaled: theirs are centred alone.
  func curve(_ analysis: String) -> [Record] {
    data.rows(
      analysis, "entropy", preparation: analysis == "pooled-tokens" ? "centred" : preparation
    ).filter(Wording.isOnCurve)
  }

  /// Where the corpus' entropy is lowest, beside where the documents' own is.
  var finding: String {
    let means = curve("pooled-mean")
    let (rows, what) =
      means.isEmpty ? (curve("pooled-last"), "last tokens") : (means, "mean states")
    let through = rows.filter { $0.site.hasPrefix("residual.") && $0.estimate != nil }
    guard through.count > 1,
      let lowest = through.min(by: { ($0.estimate ?? 0) < ($1.estimate ?? 0) })
    else { return "" }
    let ends = [through[0], through[through.count - 1]].map { row in
      "\(Wording.interval(row)) nats after \(Wording.place(row.site, blocks: data.blocks))"
    }
    let own = data.answer("valley").map {
      "; the documents' own is lowest after \(Wording.place($0.site, blocks: data.blocks))"
    }
    let least = [through[0], through[through.count - 1]].compactMap(\.low).min()
    let isLower = lowest.high.map { $0 < least ?? -.infinity } ?? false
    let place =
      isLower
      ? "and lowest after \(Wording.place(lowest.site, blocks: data.blocks)) "
        + "(\(Wording.interval(lowest)))" : "and nowhere below both beyond doubt"
    return """
      With one row for each document, the entropy of the documents' \(what) is \
      \(ends.joined(separator: " and ")), \(place)\(own ?? "").
      """
  }

  /// §8's warning, in the report's words; empty with three documents for each dimension.
  var warning: String {
    let width = Double(data.manifest.subject.width)
    let rows = curve("pooled-mean") + curve("pooled-last")
    guard let n = rows.compactMap(\.n).max(), Double(n) / width < 3 else { return "" }
    let ratio = ratios.first { $0.site == "residual.\(data.blocks)" } ?? ratios.last
    let prefer =
      ratio?.estimate == nil
      ? ""
      : " The participation ratio without bias, "
        + "\(Wording.interval(ratio, 1)) directions after "
        + "\(Wording.place(ratio?.site ?? "", blocks: data.blocks)), does not depend on their number."
    return """
      Read its shape and not its level: \(n) documents are only \
      \(Wording.number(Double(n) / width, 2)) for each of the \(Wording.number(width, 0)) dimensions, \
      and below 3 a pooled entropy says more of the number of documents than of the states, corrected \
      or not.\(prefer)
      """
  }
}
