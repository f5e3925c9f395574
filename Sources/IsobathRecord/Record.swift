// SPDX-License-Identifier: GPL-3.0-or-later

/// One number and everything that names it: the row that all exports, analyses, reports and
/// notebooks share.
///
/// A text that does not apply is empty, a number that does not apply or has no value is nil; a
/// missing `estimate` has its reason in `note`. What each part means: `Column`.
package struct Record: Sendable, Equatable {
  package var run: String
  package var family: String
  package var model: String
  package var revision: String
  package var corpus: String
  package var document: String
  package var tokens: Int?
  package var site: String
  package var depth: Double?
  package var position: Int?
  package var preparation: String
  package var measure: String
  package var order: Double?
  package var analysis: String
  package var estimate: Double?
  package var low: Double?
  package var high: Double?
  package var level: Double?
  package var n: Int?
  package var unit: String
  package var note: String

  package init(
    run: String = "", family: String = "", model: String = "", revision: String = "",
    corpus: String = "", document: String = "", tokens: Int? = nil, site: String = "",
    depth: Double? = nil, position: Int? = nil, preparation: String = "", measure: String = "",
    order: Double? = nil, analysis: String = "", estimate: Double? = nil, low: Double? = nil,
    high: Double? = nil, level: Double? = nil, n: Int? = nil, unit: String = "", note: String = ""
  ) {
    self.run = run
    self.family = family
    self.model = model
    self.revision = revision
    self.corpus = corpus
    self.document = document
    self.tokens = tokens
    self.site = site
    self.depth = depth
    self.position = position
    self.preparation = preparation
    self.measure = measure
    self.order = order
    self.analysis = analysis
    self.estimate = estimate
    self.low = low
    self.high = high
    self.level = level
    self.n = n
    self.unit = unit
    self.note = note
  }
}
