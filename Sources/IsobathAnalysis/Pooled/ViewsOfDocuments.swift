// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// How well two augmented views of a document are told from those of other documents.
struct ViewsOfDocuments: PooledAnalysis {
  let id = "views"
  let title = "Two views of the same documents"
  /// More would take hours: DiME decomposes matrices of this order eleven times a site.
  private static let mostDocuments = 256

  var about: String {
    """
    InfoNCE (arXiv 1807.03748), LiDAR (arXiv 2312.04000) and DiME (arXiv 2301.08164) of the mean states \
    of two augmentations of each document, at each site, as Skean et al. (arXiv 2502.02013) compare \
    layers. What the augmentations are, the survey's options say. Documents are put in a seeded random \
    order first; beyond \(Self.mostDocuments) documents the first \(Self.mostDocuments) of it take \
    part, the same at every site. InfoNCE cannot exceed ln n, so compare runs of like n only. No \
    interval: a resample would repeat documents, and a document is its own best match.
    """
  }

  func rows(_ table: PooledTable, _ options: AnalysisOptions) throws(AnalysisError) -> [Record] {
    let second = Set(table.sites("view.2"))
    let sites = table.sites("view.1").filter { second.contains($0) }
    return try concurrently(sites.count, options) { (task) throws(AnalysisError) -> [Record] in
      let views = [
        try table.sample("view.1", at: sites[task]), try table.sample("view.2", at: sites[task]),
      ]
      return rows(views[0], views[1], options) { measure in
        table.row(self, site: sites[task], measure: measure)
      }
    }.flatMap { $0 }
  }

  private func rows(
    _ first: PooledSample, _ second: PooledSample, _ options: AnalysisOptions,
    _ blank: (any Measure) -> Record
  ) -> [Record] {
    let common = Set(first.documents).intersection(second.documents)
    var order = common.sorted()
    RandomStream(seed: options.seed, purpose: "views", group: "documents").shuffle(&order)
    let taken = Array(order.prefix(Self.mostDocuments))
    let absent = first.of - common.count
    let notes = [
      absent > 0 ? "\(absent) of \(first.of) documents lack a view" : "",
      taken.count < order.count ? "\(taken.count) of \(order.count) documents, at random" : "",
    ]
    return viewsMeasures.map { measure in
      var row = blank(measure)
      row.n = taken.count
      row.note = notes.joinedNotes
      do throws(MissingReason) {
        guard taken.count > 1 else { throw .tooFew }
        guard first.states.width == second.states.width else {
          row.note = (["the two views have unlike widths"] + notes).joinedNotes
          return row
        }
        row.estimate = try measure(
          Views(try first.trajectory(of: taken), try second.trajectory(of: taken)))
      } catch { row.note = ([error.forDocuments] + notes).joinedNotes }
      return row
    }
  }
}

extension PooledSample {
  /// The rows of some of the run's documents, in the order asked for.
  fileprivate func trajectory(of wanted: [Int]) throws(MissingReason) -> Trajectory {
    let places = Dictionary(
      uniqueKeysWithValues: documents.enumerated().map { ($0.element, $0.offset) })
    return try states.chosen(wanted.compactMap { places[$0] }).trajectory()
  }
}
