// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathAnalysis
import IsobathMeasure
import IsobathRecord

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a run's rows as CSV or JSON, or as a notebook with its data.",
    discussion: """
      Examples:
        isobath export runs/mine --format csv > rows.csv
        isobath export runs/mine --format csv --what means --orders 0.25,0.5,1,2
        isobath export runs/mine --format notebook --output notebooks-export/mine

      Orders need not be those of the survey: the spectra are stored.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv
    case json
    case notebook
  }

  enum What: String, ExpressibleByArgument, CaseIterable {
    /// Each document's values.
    case documents
    /// What the analyses answer: means with intervals and the rest.
    case means
  }

  @Argument(help: "A folder that 'isobath survey' wrote.")
  var folder: String
  @Option(help: "csv, json or notebook.")
  var format: Format
  @Option(help: "documents (each document's values) or means (analyses with intervals).")
  var what: What = .documents
  @Option(help: "Rényi orders (default: those of the survey).")
  var orders: String?
  @Option(help: "A file, or the notebook's folder (default: stdout; notebooks-export/RUN).")
  var output: String?
  @Option(help: "The notebook's name (default: that of the run's folder).")
  var study: String?
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let reader = try RunReader(folder: folder)
    var measure = MeasureOptions()
    measure.orders = orders ?? reader.manifest.inputs.options["orders"]?.description ?? "1"
    let table = try RunTable(reader, orders: try measure.orderList())
    switch format {
    case .csv: try write(reader, table, .csv)
    case .json: try write(reader, table, .json)
    case .notebook: try writeNotebook(reader, table)
    }
  }

  private func write(
    _ reader: RunReader, _ table: RunTable, _ format: RecordFormat
  ) throws {
    let rows = what == .documents ? try table.rows() : try means(reader, table)
    guard let output else {
      Terminal.output(format.text(rows), terminator: "")
      return
    }
    try AtomicFile.write(format.text(rows), to: output)
    speech.terminal.say("\(rows.count) rows in \(output)")
  }

  private func means(_ reader: RunReader, _ table: RunTable) throws -> [Record] {
    let options = try AnalysisOptions(seed: 1)
    return try (analyse(table.table(), options) + analyse(PooledTable(reader), options))
      .sortedForExport()
  }

  private func writeNotebook(_ reader: RunReader, _ table: RunTable) throws {
    let study = Folder.safeName(study ?? URL(filePath: folder).lastPathComponent)
    let path = try NotebookExport(run: reader, table: table).write(
      study: study, to: output ?? "notebooks-export/\(study)")
    speech.terminal.say("wrote \(path)")
  }
}
