// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathText

/// Parquet through the program duckdb, which sees the one file that it is asked for and nothing else.
struct DuckDB: TableSource {
  /// So many row numbers fit into one argument (128 KiB on Linux).
  private static let mostRows = 8000
  /// What a question about a file may answer.
  private static let mostBytes = 16 << 20

  func columns(of path: String) throws(TextError) -> [TableColumn] {
    try rows("DESCRIBE SELECT * FROM \(try table(path))", of: path).map { row in
      let type = row["column_type"]?.string ?? ""
      return TableColumn(
        name: row["column_name"]?.string ?? "", type: type, isText: type == "VARCHAR")
    }
  }

  func count(of path: String) throws(TextError) -> Int {
    let rows = try rows("SELECT count(*) AS n FROM \(try table(path))", of: path)
    guard let count = rows.first?["n"]?.int, count >= 0 else {
      throw .table(path: path, .program("it does not say how many rows there are"))
    }
    return count
  }

  func read(
    _ request: TableRequest, _ take: @escaping ([UInt8]) throws(TextError) -> Bool
  ) throws(TextError) {
    let columns = request.columns.map { DuckDB.quoted($0, "\"") }.joined(separator: ", ")
    guard let rows = request.rows else {
      let limit = request.limit.map { " LIMIT \($0)" } ?? ""
      let query = "SELECT \(columns) FROM \(try table(request.path))\(limit)"
      try DuckDBProcess(query, on: request.path).run(take)
      return
    }
    for start in stride(from: 0, to: rows.count, by: DuckDB.mostRows) {
      let numbers = rows[start..<min(start + DuckDB.mostRows, rows.count)]
        .map(String.init).joined(separator: ",")
      let query = """
        SELECT \(columns) FROM \(try table(request.path, "file_row_number = true")) \
        WHERE file_row_number IN (\(numbers)) ORDER BY file_row_number
        """
      guard try DuckDBProcess(query, on: request.path).run(take) else { return }
    }
  }

  /// The file as SQL names it. A pattern would name others.
  private func table(_ path: String, _ option: String? = nil) throws(TextError) -> String {
    guard !path.contains(where: { "*?[".contains($0) }) else {
      throw .table(path: path, .pattern)
    }
    let file = DuckDB.quoted(DuckDB.absolute(path), "'")
    return "read_parquet(\(file)\(option.map { ", \($0)" } ?? ""))"
  }

  private func rows(_ query: String, of path: String) throws(TextError) -> [JSON] {
    let answer = Answer()
    try DuckDBProcess(query, on: path).run { piece throws(TextError) in
      answer.bytes += piece
      return answer.bytes.count <= DuckDB.mostBytes
    }
    do throws(JSONError) {
      var rows: [JSON] = []
      for line in answer.bytes.split(separator: 0x0A) {
        rows.append(try JSONDocument(Array(line)).root)
      }
      return rows
    } catch { throw .table(path: path, .program("its answer is not JSON: \(error)")) }
  }

  private final class Answer {
    var bytes: [UInt8] = []
  }

  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  /// In quotes, those within doubled.
  static func quoted(_ text: String, _ quote: String) -> String {
    quote + text.replacing(quote, with: quote + quote) + quote
  }
}
