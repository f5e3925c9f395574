// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import IsobathMeasure
import IsobathRecord

/// What is kept of one document at one site, as rows of the store.
struct SiteRows: Sendable {
  /// Index into the run's sites.
  let site: Int
  private(set) var spectra: [SpectrumRow] = []
  private(set) var positions: [PositionRow] = []
  private(set) var pooled: [PooledRow] = []
  private(set) var scalars: [ScalarRow] = []
  private(set) var activations: [ActivationRow] = []

  init(site: Int) { self.site = site }

  /// A document without tokens: the reason stands in place of each spectrum.
  mutating func addMissing(_ preparations: [Preparation], _ reason: MissingReason, width: Int) {
    spectra += preparations.map { missing($0, reason, tokens: 0, width: width) }
  }

  /// The spectra of every preparation, and what follows from the first one's Gram matrix.
  mutating func add(_ evidence: DocumentEvidence, tokens: Int, width: Int) {
    for prepared in evidence.prepared {
      spectra.append(spectrum(prepared, tokens: tokens, width: width))
      positions += prepared.prefixes.curves.map { curve($0, prepared.preparation) }
      if let parts = prepared.contributions { positions.append(contributions(parts)) }
    }
  }

  mutating func add(scalar name: String, _ value: Result<Double, MissingReason>, unit: MeasureUnit)
  {
    scalars.append(ScalarRow(site: site, name, value, unit: unit))
  }

  /// What a published code gives, and beside it what is right.
  mutating func add(_ values: [PublishedValue]) {
    for value in values {
      let published: Found<Double> =
        switch value.published {
        case .success(let number): .value(number)
        case .failure(let failure): .missing(reason: failure.description)
        }
      scalars.append(
        ScalarRow(site: site, name: value.name, estimate: published, unit: value.unit.rawValue))
      add(scalar: value.correctedName, value.corrected, unit: value.unit)
    }
  }

  mutating func add(_ rows: [PooledRow]) { pooled += rows }

  mutating func add(_ rows: [ScalarRow]) { scalars += rows }

  mutating func add(_ found: [MassiveActivation]) {
    activations += found.map {
      ActivationRow(
        site: site, position: $0.token + 1, feature: $0.feature, value: Double($0.value))
    }
  }

  private func missing(
    _ preparation: Preparation, _ reason: MissingReason, tokens: Int, width: Int
  ) -> SpectrumRow {
    SpectrumRow(
      site: site, preparation: preparation.id, tokens: tokens, width: width,
      eigenvalues: .missing(reason: reason.rawValue))
  }

  private func spectrum(
    _ prepared: DocumentEvidence.Prepared, tokens: Int, width: Int
  ) -> SpectrumRow {
    switch prepared.spectrum {
    case .failure(let reason):
      missing(prepared.preparation, reason, tokens: tokens, width: width)
    case .success(let spectrum):
      SpectrumRow(
        site: site, preparation: prepared.preparation.id, tokens: spectrum.tokens,
        width: spectrum.width, dropped: spectrum.droppedRows, clipped: spectrum.clipped,
        eigenvalues: .value(spectrum.eigenvalues))
    }
  }

  private func curve(
    _ curve: PrefixEntropies.Curve, _ preparation: Preparation
  ) -> PositionRow {
    let known = curve.values.indices.filter { curve.values[$0] != nil }
    let isOne = curve.order == 1
    let first = known.first.map { curve.positions[$0] - 1 } ?? curve.positions.count
    return PositionRow(
      site: site, preparation: preparation.id, measure: isOne ? "entropy" : "renyi-entropy",
      order: isOne ? nil : curve.order, positions: known.map { Int32(curve.positions[$0]) },
      estimates: known.compactMap { curve.values[$0] },
      reason: known.count == curve.values.count
        ? nil : "the first \(first) tokens alone have no spectrum under this preparation")
  }

  private func contributions(_ parts: TokenContributions) -> PositionRow {
    var row = PositionRow(
      site: site, preparation: parts.preparation.id, measure: TokenContributions.measure.id,
      order: nil, positions: [], estimates: [])
    for (token, part) in parts.values.enumerated() {
      switch part {
      case .success(let value):
        row.positions.append(Int32(token + 1))
        row.estimates.append(value)
      case .failure(let reason): row.reason = reason.rawValue
      }
    }
    return row
  }
}

extension ScalarRow {
  /// A measured number: one that is not finite is missing.
  init(
    site: Int?, _ name: String, _ value: Result<Double, MissingReason>, unit: MeasureUnit
  ) {
    let found: Found<Double> =
      switch value {
      case .success(let value) where value.isFinite: .value(value)
      case .success: .missing(reason: MissingReason.notFinite.rawValue)
      case .failure(let reason): .missing(reason: reason.rawValue)
      }
    self.init(site: site, name: name, estimate: found, unit: unit.rawValue)
  }
}
