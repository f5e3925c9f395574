// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// A study as a notebook: the notebook, its tables and their data dictionary, in one folder.
///
/// The notebook reads the tables with pandas and draws with matplotlib; it has no outputs until someone
/// runs it. The same inputs give the same bytes.
package struct NotebookFiles: Sendable {
  static let records = "records.csv"
  static let spectra = "spectra.csv"
  static let dictionary = "dictionary.json"

  /// Name and text of each file.
  package let files: [(name: String, text: String)]

  package init(_ inputs: NotebookInputs) {
    let rows = NotebookTables.records(inputs.records)
    let dictionary = DataDictionary(inputs, records: rows)
    files = [
      (
        Folder.safeName(inputs.study, ifEmpty: "study") + ".ipynb",
        NotebookFile.text(sections.flatMap { $0(inputs) })
      ),
      (NotebookFiles.records, RecordFormat.csv.text(rows)),
      (NotebookFiles.spectra, NotebookTables.spectra(inputs.spectra)),
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

/// Every part, in the order of reading.
let sections: [Section] = [
  introduction, provenance, loading, style, finding, entropyByDepth, ordersByDepth,
  positionsByDepth, spectraByDepth, spreadByDepth, dictionaryTables,
]
