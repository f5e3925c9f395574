// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics

/// Models of several sizes, and what was measured on all of them.
package struct SizeLadder: Sendable {
  /// Such as `Cerebras-GPT`.
  package let family: String
  /// In the order of their parameters.
  package let models: [SizedModel]
  package let series: [ScaledSeries]
  /// Where the numbers come from, a sentence.
  package let source: String
  /// What a reader must know beside the numbers.
  package let notes: [String]

  package init(
    family: String, models: [SizedModel], series: [ScaledSeries], source: String,
    notes: [String] = []
  ) {
    precondition(
      series.allSatisfy { $0.estimates.count == models.count }, "a series of other models")
    self.family = family
    self.models = models
    self.series = series
    self.source = source
    self.notes = notes
  }
}

/// One quantity on every model of a ladder.
package struct ScaledSeries: Sendable {
  package let quantity: ScaledQuantity
  package let corpus: String
  /// Where in the models, such as `final-norm` or `0.5 of the depth`.
  package let place: String
  package let preparation: String
  /// One for each model.
  package let estimates: [Double]
  /// The documents behind them; nil for published numbers.
  package let documents: ScaledDocuments?

  /// Published numbers.
  package init(
    _ quantity: ScaledQuantity, corpus: String, place: String = "final-norm",
    preparation: String = "paper", estimates: [Double]
  ) {
    self.init(
      quantity, corpus: corpus, place: place, preparation: preparation, estimates: estimates,
      documents: nil)
  }

  /// Numbers of documents.
  package init(
    _ quantity: ScaledQuantity, corpus: String, place: String, preparation: String,
    documents: ScaledDocuments
  ) {
    let count = Double(documents.units.documents)
    self.init(
      quantity, corpus: corpus, place: place, preparation: preparation,
      estimates: documents.values(documents.rows.map { $0.reduce(0, +) / count }, quantity),
      documents: documents)
  }

  private init(
    _ quantity: ScaledQuantity, corpus: String, place: String, preparation: String,
    estimates: [Double], documents: ScaledDocuments?
  ) {
    self.quantity = quantity
    self.corpus = corpus
    self.place = place
    self.preparation = preparation
    self.estimates = estimates
    self.documents = documents
  }
}

/// The per-document values behind a series.
package struct ScaledDocuments: Sendable {
  /// One row for each model; for a difference two, the untrained model's first.
  package let rows: [[Double]]
  package let widths: [Int]
  package let units: Units
  /// Documents left out as some model has no value for them.
  package let missing: Int

  package init(rows: [[Double]], widths: [Int], units: Units, missing: Int = 0) {
    precondition(rows.count.isMultiple(of: widths.count), "\(rows.count) rows of \(widths.count)")
    precondition(rows.allSatisfy { $0.count == units.documents }, "rows of other documents")
    self.rows = rows
    self.widths = widths
    self.units = units
    self.missing = missing
  }

  /// The value of each model from the means of all rows.
  func values(_ means: [Double], _ quantity: ScaledQuantity) -> [Double] {
    let each = rows.count / widths.count
    return widths.indices.map { model in
      quantity.value(means[model * each..<(model + 1) * each], width: widths[model])
    }
  }
}
