// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathAnalysis
import IsobathJSON
import IsobathMeasure
import IsobathModel
import IsobathRecord
import IsobathReport
import IsobathText

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Explain a measure, an analysis, a preparation, a published code, a preset or a column.",
    discussion: """
      Examples:
        isobath explain entropy
        isobath explain curve-correlation
        isobath explain paper-without-first
        isobath explain skean
        isobath explain dolly
        isobath explain deficit --run runs/mine      with an example from a run of yours

      The example is from the demo's run unless another run is named.
      """)

  @Argument(help: "A name from 'isobath list', or a column of the exported table.")
  var name: String
  @Option(
    name: .customLong("run"),
    help: "The folder of the run that the example is from (default: the demo's numbers).")
  var folder: String?

  func run() throws {
    guard let text = explanation else {
      throw Failure.Stop(
        message: "nothing is called '\(name)'\(Suggestion.text(for: name, among: known))",
        code: .usage)
    }
    Terminal.output(text)
    if let example = try examples()[name] { Terminal.output("\nExample. \(example)") }
  }

  private var known: [String] {
    allMeasures.map(\.id) + analysisTerms.map(\.id) + Preparation.all.map(\.id)
      + publishedCodes.map(\.id) + families.map { $0.name } + presets.map(\.id)
      + Column.all.map(\.name)
  }

  private var explanation: String? {
    if let measure = allMeasures.first(where: { $0.id == name }) {
      return """
        \(measure.title) (\(measure.symbol), in \(measure.unit.rawValue))

          \(measure.formula)

        \(measure.about)
        """
    }
    if let analysis = analysisTerms.first(where: { $0.id == name }) {
      return "\(analysis.title)\n\n\(analysis.about)"
    }
    if let preparation = Preparation(id: name) {
      return "Preparation '\(name)': \(preparation.about)."
    }
    if let code = publishedCodes.first(where: { $0.id == name }) {
      let defects = code.defects.map { "  - \($0)" }.joined(separator: "\n")
      return "\(code.title)\n\(code.source)\n\n\(code.steps)\n\nWhere it differs:\n\(defects)"
    }
    if let preset = presets.first(where: { $0.id == name }) { return preset.about }
    for family in families where family.name == name {
      return "Family '\(name)': \(family.about). model_type: "
        + family.modelTypes.sorted().joined(separator: ", ")
    }
    return Column.all.first { $0.name == name }.map { "Column '\($0.name)': \($0.meaning)" }
  }

  private func examples() throws -> [String: String] {
    if let folder {
      let reader = try RunReader(folder: folder)
      return Examples(
        try ReportData(reader, threads: ProcessInfo.processInfo.activeProcessorCount)
      ).texts
    }
    let file = URL(filePath: try Resource.path("examples.json"))
    let members = try JSONDocument(Array(Data(contentsOf: file))).root.members
    return Dictionary(members.compactMap { key, value in value.string.map { (key, $0) } }) { $1 }
  }
}
