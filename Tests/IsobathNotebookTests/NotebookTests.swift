// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathNotebook
import IsobathRecord
import IsobathTestSupport
import Testing

@Suite struct NotebookTests {
  private func text(_ name: String, of inputs: NotebookInputs) throws -> String {
    try #require(NotebookFiles(inputs).files.first { $0.name == name }).text
  }

  @Test func theNotebookAsAWhole() throws {
    var samples = NotebookSamples()
    (samples.blocks, samples.documents) = (2, 3)
    for file in NotebookFiles(samples.inputs).files where !file.name.hasSuffix(".csv") {
      try expectGolden(file.text, "notebook/\(file.name)")
    }
  }

  @Test func theSameRowsInAnyOrderGiveTheSameFiles() {
    let samples = NotebookSamples()
    let inputs = samples.inputs
    let shuffled = NotebookInputs(
      study: inputs.study, manifests: inputs.manifests, records: inputs.records.reversed(),
      spectra: inputs.spectra, measures: inputs.measures, analyses: inputs.analyses)
    #expect(
      NotebookFiles(inputs).files.map(\.text) == NotebookFiles(shuffled).files.map(\.text))
  }

  @Test func idsOfCellsAreUniqueAndAllowed() throws {
    let notebook = try text("sample.ipynb", of: NotebookSamples().inputs)
    let cells = try JSONDocument(Array(notebook.utf8)).root["cells"]?.elements ?? []
    let ids = cells.compactMap { $0["id"]?.string }
    #expect(ids.count == cells.count)
    #expect(Set(ids).count == ids.count)
    let allowed = Set("abcdefghijklmnopqrstuvwxyz-")
    #expect(ids.allSatisfy { (1...64).contains($0.count) && allowed.isSuperset(of: $0) })
  }

  @Test func theDictionaryExplainsEveryColumn() throws {
    let inputs = NotebookSamples().inputs
    let json = try text("dictionary.json", of: inputs)
    let tables = try #require(try JSONDocument(Array(json.utf8)).root["columns"])
    for file in ["records.csv", "spectra.csv"] {
      let header = try text(file, of: inputs).prefix { $0 != "\n" }
      let names = try #require(tables[file]).elements.compactMap { $0["name"]?.string }
      #expect(names.joined(separator: ",") == header)
    }
    #expect(CSV.header == (try text("records.csv", of: inputs)).prefix { $0 != "\n" } + "\n")
    let markdown = try text("dictionary.md", of: inputs)
    for column in Column.all {
      #expect(markdown.contains("| `\(column.name)` | \(column.kind) | \(column.unit) |"))
      #expect(markdown.contains(column.meaning))
    }
    #expect(!markdown.contains("unused") && !json.contains("unused"))
  }

  @Test func onlyWhatIsDrawnIsKeptOfDocuments() throws {
    var samples = NotebookSamples()
    samples.documents = 2
    let extra = [
      Record(run: "r", document: "d", position: 5, measure: "entropy", estimate: 1),
      Record(run: "r", document: "d", measure: "stable-rank", estimate: 1),
      Record(run: "r", position: 7, measure: "renyi-entropy", order: 2, analysis: "position-mean"),
      Record(run: "r", position: 8, measure: "renyi-entropy", order: 2, analysis: "position-mean"),
      Record(run: "r", measure: "stable-rank", analysis: "mean"),
    ]
    let inputs = samples.inputs
    let more = NotebookInputs(
      study: inputs.study, manifests: inputs.manifests, records: inputs.records + extra,
      spectra: [], measures: [], analyses: [])
    let lines = try text("records.csv", of: more).split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("r,") }.count == 2)
    #expect(try text("spectra.csv", of: more).split(separator: "\n").count == 1)
  }

  private static let hostile = [
    "</script><script>alert(1)</script>", "](javascript:alert(1))", "a|b|c", "$x$ `code` **bold**",
    "\"); import os; os.system(\"true\") #", "\\\"", "line\nbreak", "\u{1B}[31m", "\u{202E}", "🌊",
    "{x}",
    "%matplotlib", "!ls", "=1+1", "../../x", "-x",
  ]

  @Test(arguments: hostile)
  func textsFromOutsideStayTexts(name: String) throws {
    var samples = NotebookSamples()
    (samples.study, samples.model, samples.corpus) = (name, name, name)
    (samples.blocks, samples.documents) = (1, 1)
    let files = NotebookFiles(samples.inputs).files
    let file = try #require(files.first)
    #expect(!file.name.contains("/") && !file.name.hasPrefix("-") && file.name.hasSuffix(".ipynb"))
    let cells = try JSONDocument(Array(file.text.utf8)).root["cells"]?.elements ?? []
    for cell in cells {
      let source = (cell["source"]?.elements ?? []).compactMap(\.string).joined()
      #expect(!source.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
      guard cell["cell_type"]?.string == "markdown", name.count > 2, name != "../../x" else {
        continue
      }
      #expect(!source.contains(name))
    }
    let lengths = cells.map { ($0["source"]?.elements ?? []).count }
    #expect(lengths == Self.lengths, "a name made or ended a line")
  }

  private static let lengths: [Int] = {
    var samples = NotebookSamples()
    (samples.blocks, samples.documents) = (1, 1)
    let text = NotebookFiles(samples.inputs).files.first?.text ?? ""
    do throws(JSONError) {
      let cells = try JSONDocument(Array(text.utf8)).root["cells"]?.elements ?? []
      return cells.map { ($0["source"]?.elements ?? []).count }
    } catch {
      return []
    }
  }()
}
