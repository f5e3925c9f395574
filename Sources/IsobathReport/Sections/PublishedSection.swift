// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathMeasure
import IsobathRecord

/// Published codes beside the corrected values: where they differ, and why.
struct PublishedSection: ReportSection {
  let title = "As published codes compute it"

  /// One number of a code and what is right, at the depths where both are known.
  private struct Pair {
    let name: String
    let published: [Record]
    let corrected: [Record]

    /// The largest difference of the means, and where it is.
    var worst: (difference: Double, site: String)? {
      published.compactMap { row -> (difference: Double, site: String)? in
        guard let value = row.estimate,
          let right = corrected.first(where: { $0.site == row.site })?.estimate
        else { return nil }
        return (value - right, row.site)
      }.max { abs($0.difference) < abs($1.difference) }
    }
  }

  func content(_ data: ReportData) -> SectionContent? {
    let asked = data.manifest.inputs.options.texts("published-codes")
    let codes = publishedCodes.filter { asked.contains($0.id) }
    guard !codes.isEmpty else { return nil }
    var content = SectionContent(blocks: [
      .paragraph(
        """
        The arithmetic of other authors' codes, repeated step for step on the same states, beside the \
        same quantity computed exactly. Differences are of the means over documents.
        """)
    ])
    for code in codes {
      let pairs = pairs(code, data)
      content.blocks += blocks(code, pairs, data)
      // The quantity that the paper is known for, whatever else its code prints.
      let main = ["entropy", "effective-rank"].map { "\(code.id)-\($0)" }
      if let main = pairs.first(where: { main.contains($0.name) }) ?? pairs.first {
        content.figures.append(figure(code, main, data))
      }
    }
    return content
  }

  private func pairs(_ code: any PublishedCode, _ data: ReportData) -> [Pair] {
    var names: [String] = []
    for row in data.answers
    where row.analysis == "mean" && row.measure.hasPrefix(code.id + "-")
      && !row.measure.hasSuffix("-corrected") && !names.contains(row.measure)
    {
      names.append(row.measure)
    }
    return names.compactMap { name in
      let published = data.rows("mean", name, preparation: "").filter(Wording.isOnCurve)
      let corrected = data.rows("mean", name + "-corrected", preparation: "")
      return published.isEmpty || corrected.isEmpty
        ? nil : Pair(name: name, published: published, corrected: corrected)
    }
  }

  private func blocks(
    _ code: any PublishedCode, _ pairs: [Pair], _ data: ReportData
  ) -> [Block] {
    let table = Table(
      ["number", "largest difference after"],
      numbers: ["published", "corrected", "difference"],
      pairs.map { pair in
        let site = pair.worst?.site ?? pair.published[0].site
        return [
          pair.name, Wording.place(site, blocks: data.blocks),
          Wording.number(pair.published.first { $0.site == site }?.estimate, 4),
          Wording.number(pair.corrected.first { $0.site == site }?.estimate, 4),
          pair.worst.map { Wording.number($0.difference, 5) } ?? "–",
        ]
      })
    return [
      .heading(3, Prose(code.title)),
      .paragraph(Prose("\(code.source). \(code.steps)")),
      .table(table),
      .details(summary: "Where it differs, and why", [.bullets(code.defects.map { Prose($0) })]),
    ]
  }

  private func figure(_ code: any PublishedCode, _ pair: Pair, _ data: ReportData) -> Figure {
    let alt =
      pair.worst.map {
        "\(pair.name) differs from the corrected value by at most "
          + "\(Wording.number(abs($0.difference), 4)), after "
          + "\(Wording.place($0.site, blocks: data.blocks))."
      } ?? ""
    let rows = pair.published + pair.corrected.filter(Wording.isOnCurve)
    let chart = Chart(
      code.title, subtitle: "\(data.model): \(pair.name), mean over documents", description: alt,
      x: Axis("Blocks passed (0 = embedding)"),
      y: Axis(pair.name, unit: pair.published[0].unit), order: ["published", "corrected"]
    ) {
      Line(
        rows, x: { Wording.depth($0.site) }, y: \.estimate,
        series: { $0.measure.hasSuffix("-corrected") ? "corrected" : "published" })
    }
    let table = Table(
      ["site"], numbers: ["published", "corrected"],
      pair.published.map { row in
        [
          row.site, Wording.number(row.estimate, 5),
          Wording.number(pair.corrected.first { $0.site == row.site }?.estimate, 5),
        ]
      })
    return Figure(name: "published-\(code.id)", chart: chart, alt: alt, table: table)
  }
}
