// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// What a notebook is made from.
package struct NotebookInputs: Sendable {
  /// A measure or an analysis as the data dictionary explains it.
  package struct Term: Sendable {
    package let id: String
    package let title: String
    /// Empty when values keep the unit of what they summarise.
    package let unit: String
    package let formula: String
    package let about: String

    package init(
      id: String, title: String, unit: String = "", formula: String = "", about: String
    ) {
      self.id = id
      self.title = title
      self.unit = unit
      self.formula = formula
      self.about = about
    }
  }

  /// A line of `runs.csv`: a run and what the study calls its parts.
  package struct Subject: Sendable {
    /// The run's id; empty for published numbers.
    package let run: String
    package let family: String
    /// What the report calls the model.
    package let name: String
    /// What the report calls the corpus.
    package let corpus: String
    /// That figures show.
    package let preparation: String
    /// Of training.
    package let step: Int?
    package let blocks: Int?
    package let width: Int?
    /// All of them, with embeddings.
    package let parameters: Int?

    package init(
      run: String, family: String, name: String, corpus: String = "", preparation: String = "",
      step: Int? = nil, blocks: Int? = nil, width: Int? = nil, parameters: Int? = nil
    ) {
      self.run = run
      self.family = family
      self.name = name
      self.corpus = corpus
      self.preparation = preparation
      self.step = step
      self.blocks = blocks
      self.width = width
      self.parameters = parameters
    }
  }

  /// What kind of study this is, which decides what is drawn.
  package let kind: NotebookKind
  /// The study's name: of the folder, the notebook and its heading.
  package let study: String
  /// Of each run that rows come from; the first is drawn unless another is asked for.
  package let manifests: [RunManifest]
  /// Rows of documents and of analyses, in any order.
  package let records: [Record]
  /// Mean spectra at the depths that are to be drawn.
  package let spectra: [MeanSpectrum]
  package let measures: [Term]
  package let analyses: [Term]
  /// The report's own sentences, a paragraph each; a run's notebook makes its own.
  package let findings: [String]
  /// In the report's order; of a comparison the base runs, then the other. A run's notebook needs none.
  package let subjects: [Subject]

  package init(
    kind: NotebookKind = .run, study: String, manifests: [RunManifest], records: [Record],
    spectra: [MeanSpectrum] = [], measures: [Term], analyses: [Term], findings: [String] = [],
    subjects: [Subject] = []
  ) {
    self.kind = kind
    self.study = study
    self.manifests = manifests
    self.records = records
    self.spectra = spectra
    self.measures = measures
    self.analyses = analyses
    self.findings = findings
    self.subjects = subjects
  }
}
