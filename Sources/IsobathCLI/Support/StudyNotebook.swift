// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathAnalysis
import IsobathMeasure
import IsobathNotebook
import IsobathRecord
import IsobathReport

/// Where the notebook of a report goes.
struct NotebookOptions: ParsableArguments {
  @Option(help: "A folder for a notebook of the report: Python, its rows and their dictionary.")
  var notebook: String?
}

extension Terminal {
  /// Writes a report's notebook into a folder, named like the folder; nil writes none.
  func writeNotebook(to folder: String?, of inputs: (_ study: String) throws -> NotebookInputs)
    throws
  {
    guard let folder else { return }
    let study = Folder.safeName(URL(filePath: folder).lastPathComponent)
    say("wrote \(try NotebookFiles(inputs(study)).write(toFolder: folder))")
  }
}

extension ComparisonReport {
  func notebook(_ study: String) -> NotebookInputs {
    let preparation = comparison.runs.preparations.first ?? Preparation.paper.id
    let manifests = comparison.bases + [comparison.runs.tuned.manifest]
    return NotebookInputs(
      kind: .comparison, study: study, manifests: manifests, records: comparison.rows,
      measures: .measures, analyses: .analyses, findings: [finding],
      subjects: manifests.enumerated().map { index, manifest in
        let isBase = index < comparison.bases.count
        return NotebookInputs.Subject(
          manifest, name: isBase ? names.base : names.tuned, preparation: preparation)
      })
  }
}

extension StagesReport {
  func notebook(_ study: String) -> NotebookInputs {
    let preparation = self.study.preparations.first ?? Preparation.paper.id
    return NotebookInputs(
      kind: .stages, study: study, manifests: self.study.stages.map(\.run.manifest),
      records: self.study.rows, measures: .measures, analyses: .analyses, findings: [finding],
      subjects: self.study.stages.map {
        NotebookInputs.Subject($0.run.manifest, preparation: preparation, step: $0.step)
      })
  }
}

extension ScalingReport {
  /// - Parameter runs: folders of the runs behind it; none of published numbers.
  func notebook(_ study: String, runs: [String]) throws -> NotebookInputs {
    let quantities = ScaledQuantity.allCases.map {
      NotebookInputs.Term(id: $0.id, title: $0.title, unit: $0.unit, about: $0.about)
    }
    return NotebookInputs(
      kind: .sizes, study: study,
      manifests: try runs.map { try RunReader(folder: $0).manifest }, records: rows,
      measures: quantities,
      analyses: scalingTerms.map {
        NotebookInputs.Term(id: $0.id, title: $0.title, about: $0.about)
      },
      findings: findings,
      subjects: ladders.flatMap { ladder in
        ladder.models.map { model in
          NotebookInputs.Subject(
            run: model.run, family: ladder.family, name: model.label, width: model.width,
            parameters: model.parameters)
        }
      })
  }
}

extension StudyReport {
  func notebook(_ study: String) -> NotebookInputs {
    NotebookInputs(
      kind: .study, study: study, manifests: data.cells.map(\.data.manifest),
      records: data.records, measures: .measures, analyses: .analyses,
      findings: data.answers.map { "\($0.title): \($0.finding)" } + [data.size],
      subjects: data.cells.map { cell in
        NotebookInputs.Subject(
          cell.data.manifest, name: cell.model, corpus: cell.corpus,
          preparation: cell.data.preparation)
      })
  }
}

extension NotebookInputs.Subject {
  /// A run; under its own names, unless the report has others.
  init(
    _ manifest: RunManifest, name: String? = nil, corpus: String? = nil, preparation: String,
    step: Int? = nil
  ) {
    let subject = manifest.subject
    self.init(
      run: manifest.id, family: manifest.inputs.family, name: name ?? subject.model,
      corpus: corpus ?? subject.corpus, preparation: preparation, step: step,
      blocks: subject.blocks, width: subject.width)
  }
}

extension [NotebookInputs.Term] {
  /// The catalogs' own words.
  static var measures: Self {
    allMeasures.map {
      .init(
        id: $0.id, title: $0.title, unit: $0.unit.rawValue, formula: $0.formula, about: $0.about)
    }
  }

  static var analyses: Self {
    analysisTerms.map { .init(id: $0.id, title: $0.title, about: $0.about) }
  }
}
