// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMarkdown
import IsobathRecord
import IsobathStatistics

/// How the stages were compared, in the analyses' own words.
struct StagesMethodsSection: ReportSection {
  let title = "Methods"

  func content(_ data: StagesData) -> SectionContent? {
    let options = data.study.options
    let text = """
      The documents' tokens are the same in every run (checked by digest), so each document is its own \
      control. One family of tests is every site at every stage of one measure, order and preparation: the \
      adjusted p and the intervals of a map hold for all its places together; the two maps, since the stage \
      before and since the first, are families of their own. Intervals of means: \(options.method.title), \
      \(options.resamples) resamples of documents; seed \(options.seed).
      """
    return SectionContent(blocks: [
      .paragraph(Prose(text)),
      .details(
        summary: "Analyses",
        [
          .bullets(
            StageAnalysis.allCases.map { "\(strong: $0.title) (\(code: $0.id)): \($0.about)" })
        ]),
      .details(
        summary: "Columns of records.csv",
        [.bullets(IsobathRecord.Column.all.map { "\(code: $0.name): \($0.meaning)" })]),
    ])
  }
}

/// The runs behind the stages.
struct StagesProvenanceSection: ReportSection {
  let title = "Provenance"

  func content(_ data: StagesData) -> SectionContent? {
    let rows = data.study.stages.map { stage -> [String] in
      let manifest = stage.run.manifest
      return [
        manifest.id, manifest.subject.model, manifest.subject.revision,
        manifest.inputs.files.map(\.digest.hex).joined(separator: " "), "\(stage.step)",
        "\(stage.run.completed)",
      ]
    }
    let (subject, inputs) = (data.first.subject, data.first.inputs)
    let facts =
      [
        ["family", inputs.family], ["corpus", subject.corpus],
        ["corpus, SHA-256", inputs.corpus.hex], ["code", inputs.code],
      ] + inputs.options.map { [$0.name, $0.value.description] }
    return SectionContent(blocks: [
      .table(
        Table(
          ["run", "model", "revision", "weights, SHA-256"], numbers: ["step", "documents"], rows)),
      .details(
        summary: "Options of the first run", [.table(Table(["what", "value"], numbers: [], facts))]),
    ])
  }
}

/// What a course of training does not say.
struct StagesLimitsSection: ReportSection {
  let title = "Limits"

  func content(_ data: StagesData) -> SectionContent? {
    var limits = [
      "One training, one seed: another run of the same recipe can take another course.",
      "What happens between two stages is not seen; a change lies somewhere between them.",
      """
      A difference in entropy says that the spread of states over directions differs, not that anything was \
      learned or lost.
      """,
    ]
    if data.documents < 15 {
      limits.insert(
        "Only \(data.documents) documents: intervals and tests this short of data are rough.", at: 0
      )
    }
    return SectionContent(blocks: [.bullets(limits.map { Prose($0) })])
  }
}
