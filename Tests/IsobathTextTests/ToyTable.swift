// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

@testable import IsobathText

/// A table that stands for a program's: rows "row 0", "row 1" and so on.
final class ToyTable: TableSource {
  private let rows: Int
  private let requests = Mutex<[TableRequest]>([])

  init(rows: Int) { self.rows = rows }

  /// How many rows and which limit each request named.
  var asked: [[Int?]] { requests.withLock { $0.map { [$0.rows?.count, $0.limit] } } }

  func columns(of path: String) throws(TextError) -> [TableColumn] {
    [
      TableColumn(name: "size", type: "INTEGER", isText: false),
      TableColumn(name: "text", type: "VARCHAR", isText: true),
    ]
  }

  func count(of path: String) throws(TextError) -> Int { rows }

  func read(
    _ request: TableRequest, _ take: @escaping ([UInt8]) throws(TextError) -> Bool
  ) throws(TextError) {
    requests.withLock { $0.append(request) }
    let wanted = request.rows ?? Array(0..<min(rows, request.limit ?? rows))
    for row in wanted {
      guard try take(Array("{\"text\":\"row \(row)\"}\n".utf8)) else { return }
    }
  }
}
