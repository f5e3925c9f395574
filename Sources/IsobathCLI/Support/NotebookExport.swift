// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMeasure
import IsobathNotebook
import IsobathRecord

/// A run as a notebook: its rows, its mean spectra at some depths, and the catalogs' own words.
struct NotebookExport {
  let run: RunReader
  let table: RunTable

  /// Writes the notebook and its data; returns the notebook's path.
  func write(study: String, to folder: String) throws -> String {
    let options = try AnalysisOptions(seed: run.manifest.seed)
    let answers = try analyse(table.table(), options) + analyse(PooledTable(run), options)
    var rows: [Record] = []
    for page in table.pages {
      rows += try table.rows(page).filter {
        ["entropy", "deficit"].contains($0.measure) && $0.position == nil
      }
    }
    let inputs = NotebookInputs(
      study: study, manifests: [run.manifest], records: answers + rows, spectra: try spectra(),
      measures: .measures, analyses: .analyses)
    return try NotebookFiles(inputs).write(toFolder: folder)
  }

  /// Seven depths from the first site to the last.
  private func spectra() throws -> [MeanSpectrum] {
    let last = run.sites.count - 1
    let chosen = last < 7 ? Array(run.sites.indices) : (0...6).map { $0 * last / 6 }
    return try run.meanSpectra(preparation: run.manifest.mainPreparation, sites: chosen)
  }
}
