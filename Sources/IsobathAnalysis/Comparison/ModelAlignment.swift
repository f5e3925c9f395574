// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// How alike a corpus lies in two models' spaces, site by site: debiased CKA over documents between
/// the vectors that both runs keep of each document.
struct ModelAlignment {
  let runs: PairedRuns
  let options: AnalysisOptions

  /// More documents change little and cost their square.
  static let documents = 400
  /// Bytes of vectors held at a time.
  private static let budget = 1 << 28
  private static let blocks = 20

  /// One row for each site at which both runs have every document's mean state; none otherwise.
  func rows() throws(RecordError) -> [Record] {
    let n = min(runs.base.completed, ModelAlignment.documents)
    let width = max(
      runs.base.manifest.subject.width, runs.tuned.manifest.subject.width)
    let at = max(1, ModelAlignment.budget / max(1, n * width * 8))
    var rows: [Record] = []
    for start in stride(from: 0, to: runs.sites.count, by: at) {
      let sites = Array(runs.sites[start..<min(runs.sites.count, start + at)])
      let first = try vectors(runs.base, sites.map(\.base), n)
      let second = try vectors(runs.tuned, sites.map(\.tuned), n)
      for (index, site) in sites.enumerated()
      where first[index].count == n && second[index].count == n {
        rows.append(row(site, first[index], second[index]))
      }
    }
    return rows
  }

  /// Of each site, the documents' mean states in order.
  private func vectors(
    _ run: RunReader, _ names: [String], _ n: Int
  ) throws(RecordError) -> [[[Float]]] {
    var slots: [Int: Int] = [:]
    for (slot, name) in names.enumerated() {
      if let site = run.sites.firstIndex(where: { $0.name == name }) { slots[site] = slot }
    }
    var vectors = [[[Float]]](repeating: [], count: names.count)
    for page in run.pages() where page.lowerBound < n {
      for document in try run.documents(page.lowerBound..<min(page.upperBound, n), parts: .pooled) {
        for pooled in document.pooled where pooled.kind == "mean" {
          if let slot = slots[pooled.site] { vectors[slot].append(pooled.state) }
        }
      }
    }
    return vectors
  }

  private func row(
    _ site: PairedRuns.SitePairing, _ first: [[Float]], _ second: [[Float]]
  ) -> Record {
    let subject = runs.tuned.manifest
    var row = Record(
      run: subject.id, family: subject.inputs.family, model: subject.subject.model,
      revision: subject.subject.revision, corpus: subject.subject.corpus, site: site.tuned,
      depth: site.depth, measure: DebiasedCKA().id, analysis: ComparisonAnalysis.cka.id,
      n: first.count, unit: "1", note: "with run \(runs.base.manifest.id)")
    if site.base != site.tuned { row.add(note: "with \(site.base)") }
    if first.count < runs.base.completed {
      row.add(note: "the first \(first.count) documents")
    }
    let jackknife = BlockJackknife(contiguous: first.count, blocks: ModelAlignment.blocks)
    do throws(MissingReason) {
      let found = try jackknife.interval(level: options.level) { left throws(MissingReason) in
        let kept = jackknife.kept(without: left)
        let pair = try SitePair(documents: kept.map { first[$0] }, kept.map { second[$0] })
        return try DebiasedCKA()(pair)
      }
      row.estimate = found.estimate
      (row.low, row.high) = (found.low, found.high)
      row.level = found.low == nil ? nil : options.level
      row.add(note: found.note)
    } catch {
      row.add(note: error.rawValue.replacing("tokens", with: "documents"))
    }
    return row
  }
}
