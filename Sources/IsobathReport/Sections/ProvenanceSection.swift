// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown
import IsobathRecord

/// Where the numbers come from: inputs with digests, options, sessions.
struct ProvenanceSection: ReportSection {
  let title = "Provenance"

  func content(_ data: ReportData) -> SectionContent? {
    let manifest = data.manifest
    var rows = [
      ["run", manifest.id], ["model", manifest.subject.model], ["family", manifest.inputs.family],
      ["corpus", "\(manifest.subject.corpus), \(manifest.inputs.documents) documents"],
      ["corpus, SHA-256", manifest.inputs.corpus.hex],
    ]
    for file in manifest.inputs.files {
      rows.append(["weights", "\(file.name), \(file.bytes) bytes"])
      rows.append(["weights, SHA-256", file.digest.hex])
    }
    rows += manifest.subject.details.filter { $0.name != "corpus-notes" }.map {
      [$0.name, $0.value.description]
    }
    rows += manifest.inputs.options.map { [$0.name, $0.value.description] }
    for session in manifest.sessions {
      rows.append(["surveyed", "\(session.started) to \(session.finished ?? "interrupted")"])
      rows.append(["Isobath", session.isobath])
      rows += session.details.map { [$0.name, $0.value.description] }
    }
    return SectionContent(blocks: [
      .paragraph(
        """
        The run's id is a digest of the inputs alone: the same model, texts and options give the same \
        id and the same numbers.
        """),
      .details(
        summary: "Inputs and sessions", [.table(Table(["what", "value"], numbers: [], rows))]),
    ])
  }
}
