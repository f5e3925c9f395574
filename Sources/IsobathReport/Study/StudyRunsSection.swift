// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown
import IsobathRecord

/// Each run in a row: where its curve is lowest, how low, and what chance alone would leave.
struct StudyRunsSection: ReportSection {
  let title = "Every run"

  func content(_ data: StudyData) -> SectionContent? {
    let hasLoss = data.cells.contains { !$0.data.rows("mean", "loss", preparation: "").isEmpty }
    var columns: [Table.Column] = [
      .init("model"), .init("corpus"), .number("documents"), .init("lowest after"),
      .number("H there (nats)"), .number("deficit there"), .number("H after the last block"),
    ]
    if hasLoss { columns.append(.number("loss (nats/token)")) }
    return SectionContent(blocks: [
      .table(Table(columns, rows: data.cells.map { row($0, hasLoss: hasLoss) }))
    ])
  }

  private func row(_ cell: StudyCell, hasLoss: Bool) -> [Prose] {
    let data = cell.data
    let valley = data.answer("valley")
    let site = valley?.site ?? ""
    let name: Prose =
      if let target = cell.report { "\(link: Prose(cell.model), to: target)" } else {
        Prose(cell.model)
      }
    let numbers = [
      Wording.interval(data.mean("entropy", at: site)),
      Wording.interval(data.mean("deficit", at: site)),
      Wording.interval(data.mean("entropy", at: "residual.\(data.blocks)")),
    ]
    let loss = hasLoss ? [Wording.interval(data.rows("mean", "loss", preparation: "").first)] : []
    return [name, Prose(cell.corpus), "\(data.documents)", Prose(place(valley, data))]
      + (numbers + loss).map { Prose($0) }
  }

  /// "block 3 of 8 [2–4]".
  private func place(_ valley: Record?, _ data: StudyRun) -> String {
    guard let valley, valley.estimate != nil else { return "–" }
    let ends = [valley.low, valley.high].compactMap { $0 }.map {
      Wording.number($0 * Double(data.blocks), 0)
    }
    let range = Set(ends).count > 1 ? " [\(ends[0])–\(ends[1])]" : ""
    return Wording.place(valley.site, blocks: data.blocks) + range
  }
}

/// The runs' ids and the study file, from which all of this can be made again.
struct StudyProvenanceSection: ReportSection {
  let title = "Provenance"

  func content(_ data: StudyData) -> SectionContent? {
    let rows = data.cells.map { cell in
      let manifest = cell.data.manifest
      return [
        cell.model, cell.corpus, manifest.id, manifest.subject.model, manifest.subject.revision,
        manifest.inputs.code,
      ]
    }
    return SectionContent(blocks: [
      .paragraph(
        """
        A run's id is a digest of its inputs alone: the same model, texts and options give the same id and \
        the same numbers. This study is made again by \(code: "isobath study") from the file below.
        """),
      .details(
        summary: "Runs",
        [
          .table(
            Table(
              ["model", "corpus", "run", "its own name", "revision", "code"], numbers: [], rows))
        ]),
      .details(summary: "The study file", [.code(data.file, language: "yaml")]),
    ])
  }
}
