// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathAnalysis
import IsobathMeasure
import IsobathModel
import IsobathRecord

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a measure, an analysis, a preparation or a column.",
    discussion: """
      Examples:
        isobath explain entropy
        isobath explain mean
        isobath explain paper
      """)

  @Argument(help: "A name from 'isobath list', or a column of the exported table.")
  var name: String

  func run() throws {
    guard let text = explanation else {
      throw Failure.Stop(
        message: "nothing is called '\(name)'\(Suggestion.text(for: name, among: known))",
        code: .usage)
    }
    Terminal.output(text)
  }

  private var spectral: [any SpectralMeasure] { measures + [RenyiEntropy.shannon] }

  private var known: [String] {
    spectral.map(\.id) + analyses.map(\.id) + Preparation.all.map(\.id) + families.map { $0.name }
      + Column.all.map(\.name)
  }

  private var explanation: String? {
    if let measure = spectral.first(where: { $0.id == name }) {
      return """
        \(measure.title) (\(measure.symbol), in \(measure.unit.rawValue))

          \(measure.formula)

        \(measure.about)
        """
    }
    if let analysis = analyses.first(where: { $0.id == name }) {
      return "\(analysis.title)\n\n\(analysis.about)"
    }
    if let preparation = Preparation(id: name) {
      return "Preparation '\(name)': \(preparation.about)."
    }
    for family in families where family.name == name {
      return "Family '\(name)': \(family.about). model_type: "
        + family.modelTypes.sorted().joined(separator: ", ")
    }
    return Column.all.first { $0.name == name }.map { "Column '\($0.name)': \($0.meaning)" }
  }
}
