// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// A study as a notebook: the notebook, its tables and their data dictionary, in one folder.
///
/// The notebook reads the tables with pandas and draws with matplotlib; it has no outputs until someone
/// runs it. The same inputs give the same bytes.
package struct NotebookFiles: Sendable {
  static let records = "records.csv"
  static let spectra = "spectra.csv"
  static let runs = "runs.csv"
  static let dictionary = "dictionary.json"

  /// Name and text of each file.
  package let files: [(name: String, text: String)]

  package init(_ inputs: NotebookInputs) {
    let isRun = inputs.kind == .run
    let rows = NotebookTables.records(inputs.records, whole: !isRun)
    let dictionary = DataDictionary(inputs, records: rows)
    files = [
      (
        Folder.safeName(inputs.study, ifEmpty: "study") + ".ipynb",
        NotebookFile.text(sections(of: inputs.kind).flatMap { $0(inputs) })
      ),
      (NotebookFiles.records, RecordFormat.csv.text(rows)),
      isRun
        ? (NotebookFiles.spectra, NotebookTables.spectra(inputs.spectra))
        : (NotebookFiles.runs, NotebookTables.runs(inputs.subjects)),
      (NotebookFiles.dictionary, dictionary.json),
      ("dictionary.md", dictionary.markdown),
    ]
  }

  /// Writes the files into a folder, which is made if it is not there.
  ///
  /// - Returns: the notebook's path.
  @discardableResult
  package func write(toFolder folder: String) throws(RecordError) -> String {
    try Folder.create(folder)
    for file in files { try AtomicFile.write(file.text, to: Folder.join(folder, file.name)) }
    return Folder.join(folder, files[0].name)
  }
}

/// A part of the notebook.
typealias Section = @Sendable (NotebookInputs) -> [NotebookCell]

/// Every part of a kind of notebook, in the order of reading.
func sections(of kind: NotebookKind) -> [Section] {
  [introduction, provenance, loading, style] + kind.sections + [dictionaryTables]
}
