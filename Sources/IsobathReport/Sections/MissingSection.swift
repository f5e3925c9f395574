// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown
import IsobathRecord

/// Values that are missing, and why; nothing is dropped in silence.
struct MissingSection: ReportSection {
  let title = "Missing values"

  func content(_ data: ReportData) -> SectionContent? {
    let missing = data.entropies.filter { $0.estimate == nil }
    let notes = data.manifest.subject.details.texts("corpus-notes")
    guard !missing.isEmpty || !notes.isEmpty else { return nil }
    var content = SectionContent()
    if !notes.isEmpty { content.blocks.append(.bullets(notes.map { Prose($0) })) }
    if !missing.isEmpty {
      let groups = Dictionary(grouping: missing, by: \.note).sorted { $0.key < $1.key }
      let rows = groups.map { reason, rows in
        let documents = Set(rows.map(\.document)).sorted()
        let shown = documents.prefix(8).joined(separator: ", ")
        let rest = documents.count > 8 ? " and \(documents.count - 8) more" : ""
        return [reason, shown + rest, "\(rows.count)"]
      }
      content.blocks.append(
        .table(Table(["reason", "documents"], numbers: ["values"], rows)))
    }
    return content
  }
}
