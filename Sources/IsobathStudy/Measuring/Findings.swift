// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import Synchronization

/// What has been found of each document of a batch; filled on several threads at once.
final class Findings: Sendable {
  struct Document: Sendable {
    /// By index into the run's sites.
    var sites: [Int: SiteRows] = [:]
    /// Of the whole document.
    var scalars: [ScalarRow] = []
  }

  private let found: Mutex<[Document]>

  init(documents: Int) { found = Mutex(Array(repeating: Document(), count: documents)) }

  func put(_ rows: SiteRows, document: Int) {
    found.withLock { $0[document].sites[rows.site] = rows }
  }

  func put(_ scalars: [ScalarRow], document: Int) {
    found.withLock { $0[document].scalars += scalars }
  }

  /// One more number at a site that has been measured.
  func add(
    _ name: String, _ value: Result<Double, MissingReason>, unit: MeasureUnit, site: Int,
    document: Int
  ) {
    found.withLock { $0[document].sites[site]?.add(scalar: name, value, unit: unit) }
  }

  /// What has been found of one document.
  func rows(_ document: Int) -> Document { found.withLock { $0[document] } }
}
