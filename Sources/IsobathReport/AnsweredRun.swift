// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// A run with what was answered about it, looked up as reports do.
protocol AnsweredRun {
  var manifest: RunManifest { get }
  /// The sites in forward order.
  var sites: [SiteRow] { get }
  var documents: Int { get }
  /// What the analyses answered, in the order of exported files.
  var answers: [Record] { get }
  /// The preparation that figures show: the run's first.
  var preparation: String { get }
}

extension AnsweredRun {
  /// The answers of one analysis about one measure, in forward order, under the main preparation
  /// unless another is named; scalars have none.
  func rows(
    _ analysis: String, _ measure: String, preparation wanted: String? = nil
  ) -> [Record] {
    let found = answers.filter {
      $0.analysis == analysis && $0.measure == measure
        && $0.preparation == wanted ?? preparation
    }
    let places = Dictionary(uniqueKeysWithValues: sites.enumerated().map { ($1.name, $0) })
    return found.sorted { a, b in
      (places[a.site] ?? 0, a.position ?? 0) < (places[b.site] ?? 0, b.position ?? 0)
    }
  }

  /// The one answer about the whole curve.
  func answer(_ analysis: String, _ measure: String = "entropy") -> Record? {
    rows(analysis, measure).first
  }

  /// The mean of a measure at a site.
  func mean(_ measure: String, at site: String) -> Record? {
    rows("mean", measure).first { $0.site == site }
  }

  var blocks: Int { manifest.subject.blocks }
}
