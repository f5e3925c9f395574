// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// How a table of records is written, row by row, so that any number of them can be.
package enum RecordFormat: String, CaseIterable, Sendable {
  /// `CSV`, with a header.
  case csv
  /// An array of objects, one a line, with every column in each. What is empty in CSV is null; texts
  /// are unchanged; infinity is the string "inf".
  case json

  /// What stands before the rows.
  package var opening: String {
    switch self {
    case .csv: CSV.header
    case .json: "["
    }
  }

  /// One row.
  package func row(_ record: Record, isFirst: Bool) -> String {
    switch self {
    case .csv: CSV.line(record)
    case .json: (isFirst ? "\n" : ",\n") + RecordFormat.json(record).serialized()
    }
  }

  /// What stands after the rows.
  package var closing: String {
    switch self {
    case .csv: ""
    case .json: "\n]\n"
    }
  }

  /// A whole table, its rows in the order given; `sortedForExport` gives the usual one.
  package func text(_ records: [Record]) -> String {
    var text = opening
    for (index, record) in records.enumerated() { text += row(record, isFirst: index == 0) }
    return text + closing
  }

  private static func json(_ record: Record) -> JSONValue {
    .object(Column.all.map { ($0.name, $0.cell(record).json) })
  }
}
