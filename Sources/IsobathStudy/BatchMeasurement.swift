// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathForward
import IsobathMeasure
import IsobathModel
import IsobathRecord
import IsobathText
import Synchronization

/// Pushes a batch of documents through the model and keeps what the store needs of each.
struct BatchMeasurement: Sendable {
  let pass: ForwardPass
  let sites: [Site]
  /// Features at each of the sites.
  let widths: [Int]
  let preparations: [Preparation]
  let positions: PositionPolicy
  /// The tokens that a mask may leave out.
  let specialIDs: Set<Int32>

  /// The batch's documents as rows of the store, in order.
  func callAsFunction(
    _ entries: ArraySlice<PreparedCorpus.Entry>, progress: (Int) throws -> Void
  ) throws -> [DocumentRow] {
    // A document without tokens has no states: it goes round the model.
    let filled = entries.indices.filter { !entries[$0].ids.isEmpty }
    let found = Mutex([[Site: Measured]](repeating: [:], count: filled.count))
    let rules = filled.map { rule(entries[$0].ids) }
    let measure = Hook.observe(sites) { site, document, states in
      let evidence = DocumentEvidence(
        states.view, preparations: preparations, positions: positions,
        rule: rules[document.index])
      let profile = SinkProfile(states.view, rule: rules[document.index])
      found.withLock { $0[document.index][site] = Measured(evidence: evidence, profile: profile) }
    }
    if !filled.isEmpty {
      try pass(filled.map { entries[$0].tokenized }, hooks: [measure], progress: progress)
    }
    let places = Dictionary(uniqueKeysWithValues: filled.enumerated().map { ($1, $0) })
    return found.withLock { found in
      entries.indices.map { row(entries[$0], places[$0].map { found[$0] } ?? [:]) }
    }
  }

  /// What is kept of one document at one site.
  private struct Measured {
    let evidence: DocumentEvidence
    let profile: SinkProfile
  }

  /// Where a document's special tokens stand.
  private func rule(_ ids: [Int32]) -> MaskRule {
    MaskRule(special: Set(ids.indices.filter { specialIDs.contains(ids[$0]) }))
  }

  private func row(
    _ entry: PreparedCorpus.Entry, _ measured: [Site: Measured]
  ) -> DocumentRow {
    var row = DocumentRow(
      id: entry.document.id, digest: Digest(ofTokens: entry.ids), tokens: entry.ids.count,
      cutFrom: entry.cutFrom, source: entry.document.source ?? "",
      excerpt: String(entry.document.text.prefix(120)),
      note: entry.ids.isEmpty ? MissingReason.noTokens.rawValue : "")
    for (index, site) in sites.enumerated() {
      guard let measured = measured[site] else {
        row.spectra += preparations.map { missing(index, $0, .noTokens, tokens: 0) }
        continue
      }
      for prepared in measured.evidence.prepared {
        row.spectra.append(spectrum(index, prepared, tokens: entry.ids.count))
        row.positions += curves(index, prepared)
      }
      row.scalars += sinks(index, measured.profile)
    }
    return row
  }

  private func missing(
    _ site: Int, _ preparation: Preparation, _ reason: MissingReason, tokens: Int
  ) -> SpectrumRow {
    SpectrumRow(
      site: site, preparation: preparation.id, tokens: tokens, width: widths[site],
      eigenvalues: .missing(reason: reason.rawValue))
  }

  private func spectrum(
    _ site: Int, _ prepared: DocumentEvidence.Prepared, tokens: Int
  ) -> SpectrumRow {
    switch prepared.spectrum {
    case .failure(let reason): missing(site, prepared.preparation, reason, tokens: tokens)
    case .success(let spectrum):
      SpectrumRow(
        site: site, preparation: prepared.preparation.id, tokens: spectrum.tokens,
        width: spectrum.width, dropped: spectrum.droppedRows, clipped: spectrum.clipped,
        eigenvalues: .value(spectrum.eigenvalues))
    }
  }

  private func curves(_ site: Int, _ prepared: DocumentEvidence.Prepared) -> [PositionRow] {
    prepared.prefixes.curves.map { curve in
      let known = curve.values.indices.filter { curve.values[$0] != nil }
      let isOne = curve.order == 1
      let first = known.first.map { curve.positions[$0] - 1 } ?? curve.positions.count
      return PositionRow(
        site: site, preparation: prepared.preparation.id,
        measure: isOne ? "entropy" : "renyi-entropy", order: isOne ? nil : curve.order,
        positions: known.map { Int32(curve.positions[$0]) },
        estimates: known.compactMap { curve.values[$0] },
        reason: known.count == curve.values.count
          ? nil : "the first \(first) tokens alone have no spectrum under this preparation")
    }
  }

  /// How long the states are, how many tokens are sinks, and what the longest one says of the spectrum
  /// of states that are not centred.
  private func sinks(_ site: Int, _ profile: SinkProfile) -> [ScalarRow] {
    let values = [
      ("norm-first", profile.first, "1"), ("norm-median", profile.median, "1"),
      ("norm-largest", profile.largest, "1"), ("sink-count", Double(profile.sinks.count), "1"),
    ]
    let bound: Found<Double> =
      switch profile.bound {
      case .success(let bound): .value(bound.mostEntropy)
      case .failure(let reason): .missing(reason: reason.rawValue)
      }
    return values.map { name, value, unit in
      let estimate: Found<Double> =
        value.isFinite
        ? .value(value) : .missing(reason: MissingReason.notFinite.rawValue)
      return ScalarRow(site: site, name: name, estimate: estimate, unit: unit)
    } + [ScalarRow(site: site, name: "sink-bound", estimate: bound, unit: "nats")]
  }
}
