// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// The tables beside a notebook.
enum NotebookTables {
  /// What one document is followed by, so that the table stays small: every measure of every document
  /// is in the run's own export.
  static let followed: Set<String> = ["entropy", "deficit"]

  /// Every row of an analysis and the followed measures of each document. Curves over positions keep
  /// the positions at which the entropy itself is known.
  static func records(_ rows: [Record]) -> [Record] {
    let positions = Set(rows.filter { $0.measure == "entropy" }.compactMap(\.position))
    return rows.filter { row in
      guard !row.analysis.isEmpty else {
        return row.position == nil && followed.contains(row.measure)
      }
      return row.position.map { positions.isEmpty || positions.contains($0) } ?? true
    }.sortedForExport()
  }

  /// A column of `spectra.csv`.
  struct SpectrumColumn {
    let name: String
    let kind: Column.Kind
    let unit: String
    let meaning: String
  }

  static let spectrumColumns: [SpectrumColumn] =
    Column.all.filter { ["run", "site", "depth", "preparation"].contains($0.name) }.map {
      SpectrumColumn(name: $0.name, kind: $0.kind, unit: $0.unit, meaning: $0.meaning)
    } + [
      SpectrumColumn(
        name: "rank", kind: .integer, unit: "",
        meaning: "Which eigenvalue of the covariance this is: 1 is the largest."),
      SpectrumColumn(
        name: "share", kind: .number, unit: "share of the trace",
        meaning: "The mean of this eigenvalue over the documents that have so many."),
      SpectrumColumn(
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
}
