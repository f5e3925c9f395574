// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathForward
import IsobathLinear
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
  let orders: [RenyiEntropy]
  let companions: Companions
  /// nil unless it was asked for, or where the model has no head.
  let lens: LensMeasurement?
  /// The last site of the model.
  let end: Site
  /// How many the whole corpus has.
  let documents: Int
  let tokenizer: Tokenizer

  /// The batch's documents as rows of the store, in order, and the moments of their tokens.
  func callAsFunction(
    _ entries: ArraySlice<PreparedCorpus.Entry>, progress: (Int) throws -> Void
  ) throws -> (documents: [DocumentRow], moments: [MomentRow]) {
    // A document without tokens has no states: it goes round the model.
    let filled = entries.indices.filter { !entries[$0].ids.isEmpty }
    let ids = filled.map { entries[$0].ids }
    let findings = Findings(documents: filled.count)
    let moments = TokenMoments(documents: documents)
    if !filled.isEmpty {
      var hooks = [hook(ids, findings)]
      if companions.pooling.contains(.tokens) { hooks.append(hook(moments, filled)) }
      if let lens { hooks.append(hook(lens, ids, findings)) }
      let sinks = AttentionSinkRate(blocks: watchedBlocks)
      if companions.attention { hooks.append(sinks.hook) }
      try pass(filled.map { entries[$0].tokenized }, hooks: hooks, progress: progress)
      for reading in sinks.take() { add(reading, to: findings) }
    }
    let views = try views(entries)
    let places = Dictionary(uniqueKeysWithValues: filled.enumerated().map { ($1, $0) })
    let documents = entries.indices.map { index in
      row(entries[index], places[index].map(findings.rows), views[index] ?? [])
    }
    return (documents, moments.rows)
  }

  /// The blocks whose attention is watched: those behind which states are measured.
  private var watchedBlocks: [Int] {
    sites.compactMap { site in
      if case .residual(let depth) = site, depth > 0 { depth - 1 } else { nil }
    }
  }

  private func add(_ reading: AttentionSinkRate.Reading, to findings: Findings) {
    guard let index = indices[.residual(depth: reading.block + 1)] else { return }
    let values = [(SiteScalar.sinkRate, reading.rate), (.attentionToFirst, reading.meanFirst)]
    for (scalar, value) in values {
      findings.add(
        scalar.id, .success(value), unit: scalar.unit, site: index,
        document: reading.document.index)
    }
  }

  /// The model's own predictions, of the whole document.
  private func hook(
    _ lens: LensMeasurement, _ ids: [[Int32]], _ findings: Findings
  ) -> Hook {
    let end = end
    return Hook.observe([end]) { site, document, states in
      let rows = lens.final(
        states.view, ids: ids[document.index], isNormed: site == .finalNorm)
      findings.put(rows, document: document.index)
    }
  }

  private func hook(_ moments: TokenMoments, _ places: [Int]) -> Hook {
    let indices = indices
    return Hook.observe(sites) { site, document, states in
      guard let index = indices[site] else { return }
      moments.add(states.view, site: index, document: places[document.index])
    }
  }

  /// The mean states of the altered texts of each document that has them, by its index.
  private func views(
    _ entries: ArraySlice<PreparedCorpus.Entry>
  ) throws -> [Int: [PooledRow]] {
    let found = Mutex<[Int: [PooledRow]]>([:])
    let indices = indices
    for view in 1...2 {
      // One version at a time, so that no more tokens are in memory than the plan has counted.
      let altered = entries.indices.filter {
        entries[$0].views.count >= view && !entries[$0].views[view - 1].isEmpty
      }
      guard !altered.isEmpty else { continue }
      let pool = Hook.observe(sites) { site, document, states in
        guard let index = indices[site],
          case .success(let row) = RowPooling.mean.row(of: states.view)
        else { return }
        let pooled = PooledRow(site: index, kind: "view.\(view)", state: row.map(Float.init))
        found.withLock { $0[altered[document.index], default: []].append(pooled) }
      }
      let documents = altered.map { index in
        TokenizedDocument(name: entries[index].document.id, ids: entries[index].views[view - 1])
      }
      try pass(documents, hooks: [pool])
    }
    return found.withLock { found in
      found.mapValues { $0.sorted { ($0.site, $0.kind) < ($1.site, $1.kind) } }
    }
  }

  private var indices: [Site: Int] {
    Dictionary(uniqueKeysWithValues: sites.enumerated().map { ($1, $0) })
  }

  private func hook(_ ids: [[Int32]], _ findings: Findings) -> Hook {
    let measure = SiteMeasurement(
      preparations: preparations, positions: positions, orders: orders, companions: companions,
      predecessors: Predecessors())
    let (rules, indices, lens) = (ids.map(rule), indices, lens)
    return Hook.observe(sites) { site, document, states in
      guard let index = indices[site] else { return }
      var rows = measure(
        states.view, at: (site, index), document: document.index, rule: rules[document.index])
      if let lens {
        rows.add(
          lens.residual(states.view, ids: ids[document.index], site: site, index: index))
      }
      findings.put(rows, document: document.index)
    }
  }

  /// Where a document's special tokens stand, and what a sink is.
  private func rule(_ ids: [Int32]) -> MaskRule {
    MaskRule(
      special: Set(ids.indices.filter { tokenizer.specialIDs.contains(ids[$0]) }),
      sinkThreshold: companions.sinkThreshold)
  }

  private func row(
    _ entry: PreparedCorpus.Entry, _ measured: Findings.Document?, _ views: [PooledRow]
  ) -> DocumentRow {
    var row = DocumentRow(
      id: entry.document.id, digest: Digest(ofTokens: entry.ids), tokens: entry.ids.count,
      cutFrom: entry.cutFrom, source: entry.document.source ?? "",
      excerpt: String(entry.document.text.prefix(120)),
      note: entry.ids.isEmpty ? MissingReason.noTokens.rawValue : "",
      text: TokenRow(ids: entry.ids, texts: entry.ids.map { tokenizer.decode([$0]) }))
    for site in sites.indices {
      let rows = measured?.sites[site] ?? missing(site)
      row.spectra += rows.spectra
      row.positions += rows.positions
      row.pooled += rows.pooled
      row.scalars += rows.scalars
      row.activations += rows.activations
    }
    row.pooled += views
    row.scalars += measured?.scalars ?? []
    return row
  }

  private func missing(_ site: Int) -> SiteRows {
    var rows = SiteRows(site: site)
    rows.addMissing(preparations, .noTokens, width: widths[site])
    return rows
  }
}
