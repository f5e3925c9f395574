// SPDX-License-Identifier: GPL-3.0-or-later

/// A place where states were taken: one row of the table `site`.
package struct SiteRow: Sendable, Equatable {
  /// Such as `residual.3`.
  package var name: String
  /// Such as `residual`.
  package var kind: String
  /// The 3 of `residual.3`; nil for a site that there is once.
  package var number: Int?
  /// Blocks passed over blocks in the model, 0 … 1.
  package var depth: Double

  package init(name: String, kind: String, number: Int?, depth: Double) {
    self.name = name
    self.kind = kind
    self.number = number
    self.depth = depth
  }
}

/// Everything that a survey keeps of one document.
package struct DocumentRow: Sendable, Equatable {
  package var id: String
  /// Of the token ids that went through the model.
  package var digest: Digest
  /// How many went through the model.
  package var tokens: Int
  /// How many the document had, when it was cut.
  package var cutFrom: Int?
  /// The book, page, or dialogue that the document is part of; empty when it stands alone.
  package var source: String
  /// How the text begins.
  package var excerpt: String
  package var note: String
  /// nil when the run does not keep what the tokens are.
  package var text: TokenRow?
  package var spectra: [SpectrumRow]
  package var positions: [PositionRow]
  package var pooled: [PooledRow]
  package var scalars: [ScalarRow]
  package var activations: [ActivationRow]

  package init(
    id: String, digest: Digest, tokens: Int, cutFrom: Int? = nil, source: String = "",
    excerpt: String = "", note: String = "", text: TokenRow? = nil, spectra: [SpectrumRow] = [],
    positions: [PositionRow] = [], pooled: [PooledRow] = [], scalars: [ScalarRow] = [],
    activations: [ActivationRow] = []
  ) {
    self.id = id
    self.digest = digest
    self.tokens = tokens
    self.cutFrom = cutFrom
    self.source = source
    self.excerpt = excerpt
    self.note = note
    self.text = text
    self.spectra = spectra
    self.positions = positions
    self.pooled = pooled
    self.scalars = scalars
    self.activations = activations
  }
}

/// A value, or why there is none.
package enum Found<Value: Sendable & Equatable>: Sendable, Equatable {
  case value(Value)
  case missing(reason: String)

  package var value: Value? {
    if case .value(let value) = self { return value }
    return nil
  }

  package var reason: String? {
    if case .missing(let reason) = self { return reason }
    return nil
  }
}

/// The spectrum of one document's states at one site under one preparation.
package struct SpectrumRow: Sendable, Equatable {
  /// Index into the run's sites.
  package var site: Int
  package var preparation: String
  /// N, the rows that took part.
  package var tokens: Int
  /// d.
  package var width: Int
  /// Rows left out because they have no direction.
  package var dropped: Int
  /// The sum of eigenvalues that rounding made negative, as a positive share of the trace.
  package var clipped: Double
  /// p₁ ≥ p₂ ≥ … ≥ 0 with Σp = 1: the eigenvalues of the Gram matrix over its trace.
  package var eigenvalues: Found<[Double]>

  package init(
    site: Int, preparation: String, tokens: Int, width: Int, dropped: Int = 0, clipped: Double = 0,
    eigenvalues: Found<[Double]>
  ) {
    self.site = site
    self.preparation = preparation
    self.tokens = tokens
    self.width = width
    self.dropped = dropped
    self.clipped = clipped
    self.eigenvalues = eigenvalues
  }
}

/// A measure of the first t tokens of one document at one site, for several t.
package struct PositionRow: Sendable, Equatable {
  package var site: Int
  package var preparation: String
  /// The measure's id.
  package var measure: String
  /// Its Rényi order; nil for a measure without one.
  package var order: Double?
  /// t, ascending.
  package var positions: [Int32]
  /// One for each position.
  package var estimates: [Double]
  /// Why positions that were asked for are not there; nil when all are.
  package var reason: String?

  package init(
    site: Int, preparation: String, measure: String, order: Double?, positions: [Int32],
    estimates: [Double], reason: String? = nil
  ) {
    self.site = site
    self.preparation = preparation
    self.measure = measure
    self.order = order
    self.positions = positions
    self.estimates = estimates
    self.reason = reason
  }
}

/// One vector that stands for a document at a site.
package struct PooledRow: Sendable, Equatable {
  package var site: Int
  /// `mean`, `last`, `at.16` for one token, or `view.1` for the mean of an altered text.
  package var kind: String
  package var state: [Float]

  package init(site: Int, kind: String, state: [Float]) {
    self.site = site
    self.kind = kind
    self.state = state
  }
}

/// One number of a document: a loss, a norm.
package struct ScalarRow: Sendable, Equatable {
  /// nil for a number of the whole pass.
  package var site: Int?
  package var name: String
  package var estimate: Found<Double>
  package var unit: String

  package init(site: Int?, name: String, estimate: Found<Double>, unit: String) {
    self.site = site
    self.name = name
    self.estimate = estimate
    self.unit = unit
  }
}
