// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads tables in files whose format Isobath leaves to another program.
package protocol TableSource: Sendable {
  /// The columns in their order.
  func columns(of path: String) throws(TextError) -> [TableColumn]
  /// How many rows there are.
  func count(of path: String) throws(TextError) -> Int
  /// Hands over the rows in their order, one JSON object a line, in pieces, until `take` wants no
  /// more.
  func read(
    _ request: TableRequest, _ take: @escaping ([UInt8]) throws(TextError) -> Bool
  ) throws(TextError)
}

/// A column of a table.
package struct TableColumn: Sendable, Equatable, CustomStringConvertible {
  package let name: String
  /// As the program calls it.
  package let type: String
  package let isText: Bool

  package init(name: String, type: String, isText: Bool) {
    self.name = name
    self.type = type
    self.isText = isText
  }

  package var description: String { "\(name) (\(type))" }
}

/// Which part of a table is read.
package struct TableRequest: Sendable, Equatable {
  package let path: String
  package let columns: [String]
  /// The rows' indices from 0, ascending; nil means all.
  package let rows: [Int]?
  /// At most this many rows, from the start.
  package let limit: Int?

  package init(path: String, columns: [String], rows: [Int]? = nil, limit: Int? = nil) {
    self.path = path
    self.columns = columns
    self.rows = rows
    self.limit = limit
  }
}

/// What is wrong with reading a table.
package enum TableProblem: Equatable, Sendable {
  /// The program is not on this machine.
  case noProgram
  /// The name means more than one file to the program.
  case pattern
  /// As the program says it.
  case program(String)
  /// The user stopped it.
  case stopped
}
