// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMarkdown
import IsobathRecord

/// Where both runs come from, side by side.
struct ComparisonProvenanceSection: ReportSection {
  let title = "Provenance"

  func content(_ data: ComparisonData) -> SectionContent? {
    let sides = [facts(data.base), facts(data.tuned)]
    let names =
      sides[0].map(\.0)
      + sides[1].map(\.0).filter { name in
        !sides[0].contains { $0.0 == name }
      }
    let rows = names.map { name -> [String] in
      let values = sides.map { side in side.first { $0.0 == name }?.1 ?? "–" }
      return [name] + values + [values[0] == values[1] ? "" : "differs"]
    }
    let table = Table(["what", data.words.base, data.words.tuned, ""], numbers: [], rows)
    var blocks: [Block] = [.details(summary: "Both runs", [.table(table)])]
    if data.comparison.seeds > 1 {
      let seeds = data.comparison.bases.map { "\($0.id) (\($0.subject.model))" }
      blocks.insert(
        .paragraph(
          Prose("The untrained runs: \(seeds.joined(separator: ", ")); the table has the first.")),
        at: 0)
    }
    return SectionContent(blocks: blocks)
  }

  /// Names and values; a name stands once.
  private func facts(_ manifest: RunManifest) -> [(String, String)] {
    let files = manifest.inputs.files.map { "\($0.name), \($0.bytes) bytes, \($0.digest.hex)" }
    var facts = [
      ("run", manifest.id), ("model", manifest.subject.model),
      ("revision", manifest.subject.revision), ("family", manifest.inputs.family),
      ("weights, SHA-256", files.joined(separator: "; ")),
      ("corpus", "\(manifest.subject.corpus), \(manifest.inputs.documents) documents"),
      ("corpus, SHA-256", manifest.inputs.corpus.hex), ("code", manifest.inputs.code),
    ]
    for setting in manifest.subject.details + manifest.inputs.options
    where !facts.contains(where: { $0.0 == setting.name }) {
      facts.append((setting.name, setting.value.description))
    }
    if let session = manifest.sessions.last {
      facts.append(("surveyed", "\(session.started) to \(session.finished ?? "interrupted")"))
      facts.append(("Isobath", session.isobath))
    }
    return facts
  }
}
