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
  /// How many the whole corpus has.
  let documents: Int
  let tokenizer: Tokenizer

  /// The batch's documents as rows of the store, in order, and the moments of their tokens.
  func callAsFunction(
    _ entries: ArraySlice<PreparedCorpus.Entry>, progress: (Int) throws -> Void
  ) throws -> (documents: [DocumentRow], moments: [MomentRow]) {
    // A document without tokens has no states: it goes round the model.
    let filled = entries.indices.filter { !entries[$0].ids.isEmpty }
    let findings = Findings(documents: filled.count)
    let moments = TokenMoments(documents: documents)
    if !filled.isEmpty {
      var hooks = [hook(rules: filled.map { rule(entries[$0].ids) }, findings)]
      if companions.pooling.contains(.tokens) { hooks.append(hook(moments, filled)) }
      try pass(filled.map { entries[$0].tokenized }, hooks: hooks, progress: progress)
    }
    let views = try views(entries)
    let places = Dictionary(uniqueKeysWithValues: filled.enumerated().map { ($1, $0) })
    let documents = entries.indices.map { index in
      row(entries[index], places[index].map(findings.rows) ?? [:], views[index] ?? [])
    }
    return (documents, moments.rows)
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

  private func hook(rules: [MaskRule], _ findings: Findings) -> Hook {
    let measure = SiteMeasurement(
      preparations: preparations, positions: positions, orders: orders, companions: companions,
      predecessors: Predecessors())
    let indices = indices
    return Hook.observe(sites) { site, document, states in
      guard let index = indices[site] else { return }
      let rows = measure(
        states.view, at: (site, index), document: document.index, rule: rules[document.index])
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
    _ entry: PreparedCorpus.Entry, _ measured: [Int: SiteRows], _ views: [PooledRow]
  ) -> DocumentRow {
    var row = DocumentRow(
      id: entry.document.id, digest: Digest(ofTokens: entry.ids), tokens: entry.ids.count,
      cutFrom: entry.cutFrom, source: entry.document.source ?? "",
      excerpt: String(entry.document.text.prefix(120)),
      note: entry.ids.isEmpty ? MissingReason.noTokens.rawValue : "",
      text: TokenRow(ids: entry.ids, texts: entry.ids.map { tokenizer.decode([$0]) }))
    for site in sites.indices {
      let rows = measured[site] ?? missing(site)
      row.spectra += rows.spectra
      row.positions += rows.positions
      row.pooled += rows.pooled
      row.scalars += rows.scalars
      row.activations += rows.activations
    }
    row.pooled += views
    return row
  }

  private func missing(_ site: Int) -> SiteRows {
    var rows = SiteRows(site: site)
    rows.addMissing(preparations, .noTokens, width: widths[site])
    return rows
  }
}

/// What has been found of each document of a batch, by site; filled on several threads at once.
final class Findings: Sendable {
  private let found: Mutex<[[Int: SiteRows]]>

  init(documents: Int) { found = Mutex(Array(repeating: [:], count: documents)) }

  func put(_ rows: SiteRows, document: Int) {
    found.withLock { $0[document][rows.site] = rows }
  }

  /// What has been found of one document.
  func rows(_ document: Int) -> [Int: SiteRows] { found.withLock { $0[document] } }
}
