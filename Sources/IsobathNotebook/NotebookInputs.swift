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

  package init(
    study: String, manifests: [RunManifest], records: [Record], spectra: [MeanSpectrum],
    measures: [Term], analyses: [Term]
  ) {
    self.study = study
    self.manifests = manifests
    self.records = records
    self.spectra = spectra
    self.measures = measures
    self.analyses = analyses
  }
}
