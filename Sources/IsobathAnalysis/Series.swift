// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// One quantity over documents: everything that names a row except the document.
struct SeriesKey: Hashable, Sendable {
  let run, family, model, revision, corpus: String
  var site: String
  var depth: Double?
  var position: Int?
  let preparation, measure: String
  let order: Double?
  let unit: String

  init(_ row: Record) {
    run = row.run
    family = row.family
    model = row.model
    revision = row.revision
    corpus = row.corpus
    site = row.site
    depth = row.depth
    position = row.position
    preparation = row.preparation
    measure = row.measure
    order = row.order
    unit = row.unit
  }

  /// The same quantity at every site: what a curve through depth has in common.
  var curve: SeriesKey {
    var key = self
    key.site = ""
    key.depth = nil
    return key
  }

  /// The same quantity at every position.
  var positionless: SeriesKey {
    var key = self
    key.position = nil
    return key
  }
}

/// The values of one quantity, by document.
package struct Series: Sendable {
  let key: SeriesKey
  /// Indices into the table's documents, ascending, of those that have a row.
  var members: [Int] = []
  /// Of those, the ones that have a value.
  var documents: [Int] = []
  /// Their values, finite.
  var values: [Double] = []
  /// How many documents have none, by reason.
  var missing: [String: Int] = [:]
  /// How many of those with a value have something to say about it.
  private let annotated: Int

  /// - Parameter entries: by document, ascending; NaN stands for no value.
  init(_ key: SeriesKey, _ entries: [(document: Int, value: Double, note: String)]) {
    self.key = key
    var annotated = 0
    for entry in entries {
      members.append(entry.document)
      if entry.value.isNaN {
        missing[entry.note.isEmpty ? "no reason given" : entry.note, default: 0] += 1
      } else {
        documents.append(entry.document)
        values.append(entry.value)
        annotated += entry.note.isEmpty ? 0 : 1
      }
    }
    self.annotated = annotated
  }

  /// "2 of 120 values carry a note"; empty when none does.
  private var annotationNote: String {
    annotated > 0 ? "\(annotated) of \(values.count) values carry a note" : ""
  }

  /// "3 of 120 documents have no value: one token (2), all tokens equal (1)"; empty when all do.
  var missingNote: String {
    guard !missing.isEmpty else { return "" }
    let reasons = missing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let list = reasons.map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
    let total = members.count
    return "\(total - documents.count) of \(total) documents have no value: \(list)"
  }

  /// A row of this quantity over all documents.
  func row(_ analysis: any Analysis, unit: String? = nil, notes: [String] = []) -> Record {
    Record(
      run: key.run, family: key.family, model: key.model, revision: key.revision,
      corpus: key.corpus, site: key.site, depth: key.depth, position: key.position,
      preparation: key.preparation, measure: key.measure, order: key.order,
      analysis: analysis.id, n: documents.count, unit: unit ?? key.unit,
      note: (notes + [missingNote, annotationNote]).filter { !$0.isEmpty }.joined(separator: "; "))
  }

  /// A row of this quantity that holds an interval.
  func row(
    _ analysis: any Analysis, _ interval: Interval, unit: String? = nil, notes: [String] = []
  ) -> Record {
    // That no document has a value is said by the count of the missing ones.
    let note = interval.remark == .noValues ? "" : interval.note
    let sources = interval.unit == .source ? "\(interval.units) sources resampled" : ""
    let other = interval.low != nil && interval.method != .bca
    let method = other ? "\(interval.method.rawValue) interval" : ""
    var row = row(analysis, unit: unit, notes: [note, sources, method] + notes)
    row.estimate = interval.estimate
    row.low = interval.low
    row.high = interval.high
    row.level = interval.low == nil ? nil : interval.level
    row.n = interval.n
    return row
  }
}
