// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import IsobathRecord

/// What every column, measure and analysis of the tables means: for programs and for readers.
struct DataDictionary {
  private struct Entry {
    let name: String
    let kind: String
    let unit: String
    let meaning: String
  }

  private let tables: [(file: String, columns: [Entry])]
  private let inputs: NotebookInputs

  /// Only what the rows mention is explained.
  init(_ inputs: NotebookInputs, records: [Record]) {
    self.inputs = NotebookInputs(
      study: inputs.study, manifests: inputs.manifests, records: records, spectra: inputs.spectra,
      measures: inputs.measures.filter { term in records.contains { $0.measure == term.id } },
      analyses: inputs.analyses.filter { term in records.contains { $0.analysis == term.id } })
    tables = [
      (
        NotebookFiles.records,
        Column.all.map {
          Entry(name: $0.name, kind: $0.kind.rawValue, unit: $0.unit, meaning: $0.meaning)
        }
      ),
      (
        inputs.kind == .run ? NotebookFiles.spectra : NotebookFiles.runs,
        (inputs.kind == .run ? NotebookTables.spectrumColumns : NotebookTables.runColumns).map {
          Entry(name: $0.name, kind: $0.kind.rawValue, unit: $0.unit, meaning: $0.meaning)
        }
      ),
    ]
  }

  /// `dictionary.json`.
  var json: String {
    let tables = tables.map { table -> (String, JSONValue) in
      let columns = table.columns.map { column in
        JSONValue.object([
          ("name", .string(column.name)), ("kind", .string(column.kind)),
          ("unit", .string(column.unit)), ("meaning", .string(column.meaning)),
        ])
      }
      return (table.file, .array(columns))
    }
    let value = JSONValue.object([
      ("columns", .object(tables)),
      ("measures", .array(inputs.measures.map(Self.json))),
      ("analyses", .array(inputs.analyses.map(Self.json))),
    ])
    return value.serialized(pretty: true) + "\n"
  }

  private static func json(_ term: NotebookInputs.Term) -> JSONValue {
    .object([
      ("id", .string(term.id)), ("title", .string(term.title)), ("unit", .string(term.unit)),
      ("formula", .string(term.formula)), ("about", .string(term.about)),
    ])
  }

  /// `dictionary.md`.
  var markdown: String {
    var text = """
      # Data dictionary

      Files are UTF-8, comma-separated after RFC 4180. A missing value is an empty cell, infinity is \
      `inf`. A text that a spreadsheet would take for a formula has an apostrophe before it.

      """
    for table in tables {
      text += "\n## `\(table.file)`\n\n| column | kind | unit | meaning |\n|---|---|---|---|\n"
      for column in table.columns {
        text += "| `\(column.name)` | \(column.kind) | \(column.unit) | \(column.meaning) |\n"
      }
    }
    text += Self.section("Measures", inputs.measures)
    text += Self.section("Analyses", inputs.analyses)
    return text
  }

  private static func section(_ title: String, _ terms: [NotebookInputs.Term]) -> String {
    guard !terms.isEmpty else { return "" }
    return "\n## \(title)\n"
      + terms.map { term in
        let unit = term.unit.isEmpty ? "" : " (\(term.unit))"
        let formula = term.formula.isEmpty ? "" : "`\(term.formula)`\n\n"
        return "\n### `\(term.id)`: \(term.title)\(unit)\n\n\(formula)\(term.about)\n"
      }.joined()
  }
}
