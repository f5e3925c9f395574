// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// Per-document rows, gathered into one series for each quantity.
package struct DocumentTable: Sendable {
  /// The documents' ids, ascending: an index into it names a document, whatever the row order was.
  let documents: [String]
  /// In a fixed order: by curve, then depth, then position.
  let series: [Series]

  package init(_ rows: [Record]) throws(AnalysisError) {
    let own = rows.filter { !$0.document.isEmpty && $0.analysis.isEmpty }
    documents = Set(own.map(\.document)).sorted()
    let indices = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ($1, $0) })
    var slots: [SeriesKey: Int] = [:]
    var gathered: [[(document: Int, row: Int)]] = []
    for (index, row) in own.enumerated() {
      let key = SeriesKey(row)
      let slot = slots[key] ?? gathered.count
      if slot == gathered.count {
        slots[key] = slot
        gathered.append([])
      }
      if let document = indices[row.document] { gathered[slot].append((document, index)) }
    }
    var series: [Series] = []
    for (key, slot) in slots { series.append(try Self.series(key, gathered[slot], own)) }
    self.series = series.sorted { $0.key.precedes($1.key) }
  }

  /// Sorts a quantity's rows by document and sets those without a value apart.
  private static func series(
    _ key: SeriesKey, _ members: [(document: Int, row: Int)], _ rows: [Record]
  ) throws(AnalysisError) -> Series {
    var series = Series(key)
    var last: Int?
    for member in members.sorted(by: { $0.document < $1.document }) {
      let row = rows[member.row]
      guard member.document != last else {
        throw .twice(document: row.document, measure: row.measure, site: row.site)
      }
      last = member.document
      series.members.append(member.document)
      if let value = row.estimate, value.isFinite {
        series.documents.append(member.document)
        series.values.append(value)
      } else {
        series.missing[Self.reason(row), default: 0] += 1
      }
    }
    return series
  }

  private static func reason(_ row: Record) -> String {
    if row.estimate != nil { return "not finite" }
    return row.note.isEmpty ? "no reason given" : row.note
  }

  /// The series that have no position, or those that have one.
  func series(withPosition: Bool) -> [Series] {
    series.filter { ($0.key.position != nil) == withPosition }
  }

  /// The bootstrap over the documents with these indices.
  func bootstrap(over indices: [Int], _ options: AnalysisOptions) -> Bootstrap {
    options.bootstrap(over: indices.map { documents[$0] })
  }

  /// The means of many series, or a function of them, with their intervals: those over the same
  /// documents share their resamples and one pass over them.
  func means(
    _ series: [Series], _ options: AnalysisOptions,
    through function: @Sendable (Double) -> Double = { $0 }
  ) -> [Interval] {
    let groups = Dictionary(grouping: series.indices) { series[$0].documents }
    var intervals = [Interval?](repeating: nil, count: series.count)
    for (documents, members) in groups {
      let bootstrap = bootstrap(over: documents, options)
      let found = bootstrap.means(members.map { series[$0].values }, through: function)
      for (member, interval) in zip(members, found) { intervals[member] = interval }
    }
    return intervals.compactMap { $0 }
  }
}
