// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// The tables beside a notebook.
enum NotebookTables {
  /// What one document is followed by, so that the table stays small: every measure of every document
  /// is in the run's own export.
  static let followed: Set<String> = ["entropy", "deficit"]

  /// Every row of an analysis and the followed measures of each document. Curves over positions keep
  /// the positions at which the entropy itself is known.
  ///
  /// - Parameter whole: keep every row, as a report does.
  static func records(_ rows: [Record], whole: Bool = false) -> [Record] {
    guard !whole else { return rows.sortedForExport() }
    let positions = Set(rows.filter { $0.measure == "entropy" }.compactMap(\.position))
    return rows.filter { row in
      guard !row.analysis.isEmpty else {
        return row.position == nil && followed.contains(row.measure)
      }
      return row.position.map { positions.isEmpty || positions.contains($0) } ?? true
    }.sortedForExport()
  }

  /// A column of a table beside the records.
  struct OwnColumn {
    let name: String
    let kind: Column.Kind
    let unit: String
    let meaning: String
  }

  static let spectrumColumns: [OwnColumn] =
    Column.all.filter { ["run", "site", "depth", "preparation"].contains($0.name) }.map {
      OwnColumn(name: $0.name, kind: $0.kind, unit: $0.unit, meaning: $0.meaning)
    } + [
      OwnColumn(
        name: "rank", kind: .integer, unit: "",
        meaning: "Which eigenvalue of the covariance this is: 1 is the largest."),
      OwnColumn(
        name: "share", kind: .number, unit: "share of the trace",
        meaning: "The mean of this eigenvalue over the documents that have so many."),
      OwnColumn(
        name: "documents", kind: .integer, unit: "documents",
        meaning: "How many documents have so many eigenvalues."),
    ]

  static func spectra(_ spectra: [MeanSpectrum]) -> String {
    var text = CSV.line(spectrumColumns.map { .text($0.name) })
    for spectrum in spectra {
      for (index, share) in spectrum.shares.enumerated() {
        text += CSV.line([
          .text(spectrum.run), .text(spectrum.site), .number(spectrum.depth),
          .text(spectrum.preparation), .integer(index + 1), .number(share),
          .integer(spectrum.documents[index]),
        ])
      }
    }
    return text
  }

  static let runColumns: [OwnColumn] = [
    OwnColumn(
      name: "run", kind: .text, unit: "",
      meaning: "The run's id, as in the records; empty for published numbers."),
    OwnColumn(
      name: "family", kind: .text, unit: "", meaning: "The family, as the records have it."),
    OwnColumn(name: "name", kind: .text, unit: "", meaning: "What the report calls the model."),
    OwnColumn(name: "corpus", kind: .text, unit: "", meaning: "What the report calls the corpus."),
    OwnColumn(
      name: "preparation", kind: .text, unit: "",
      meaning: "The preparation that the report's figures show."),
    OwnColumn(
      name: "step", kind: .integer, unit: "steps",
      meaning: "The step of training that the checkpoint was saved at; empty when it has none."),
    OwnColumn(
      name: "blocks", kind: .integer, unit: "blocks", meaning: "How many blocks the model has."),
    OwnColumn(
      name: "width", kind: .integer, unit: "dimensions",
      meaning: "How long a hidden state is: d."),
    OwnColumn(
      name: "parameters", kind: .integer, unit: "parameters",
      meaning:
        "How many parameters the model has, embeddings and all, where the report counts them."),
  ]

  /// In the order given.
  static func runs(_ subjects: [NotebookInputs.Subject]) -> String {
    subjects.reduce(into: CSV.line(runColumns.map { .text($0.name) })) { text, subject in
      let texts = [
        subject.run, subject.family, subject.name, subject.corpus, subject.preparation,
      ]
      let numbers = [subject.step, subject.blocks, subject.width, subject.parameters]
      text += CSV.line(
        texts.map { .text($0) } + numbers.map { $0.map { .integer($0) } ?? .missing })
    }
  }
}
