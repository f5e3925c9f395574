// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import GRDB

/// The values of one row of a store, checked: a file from elsewhere may hold anything.
struct Fields {
  private let row: Row
  private let path: String

  init(_ row: Row, path: String) {
    self.row = row
    self.path = path
  }

  func damaged(_ what: String) -> RecordError { .damaged(path: path, what) }

  private func storage(_ name: String) throws(RecordError) -> DatabaseValue.Storage {
    guard let value: DatabaseValue = row[name] else { throw damaged("no column \(name)") }
    return value.storage
  }

  func isNull(_ name: String) throws(RecordError) -> Bool {
    if case .null = try storage(name) { return true }
    return false
  }

  func text(_ name: String) throws(RecordError) -> String {
    guard case .string(let text) = try storage(name) else { throw damaged("\(name) is no text") }
    return text
  }

  func optionalText(_ name: String) throws(RecordError) -> String? {
    try isNull(name) ? nil : try text(name)
  }

  /// A count or an index: 0 or more.
  func count(_ name: String) throws(RecordError) -> Int {
    guard case .int64(let number) = try storage(name), let count = Int(exactly: number), count >= 0
    else { throw damaged("\(name) is no count") }
    return count
  }

  func optionalCount(_ name: String) throws(RecordError) -> Int? {
    try isNull(name) ? nil : try count(name)
  }

  func number(_ name: String) throws(RecordError) -> Double {
    switch try storage(name) {
    case .double(let number): return number
    case .int64(let number): return Double(number)
    default: throw damaged("\(name) is no number")
    }
  }

  func optionalNumber(_ name: String) throws(RecordError) -> Double? {
    try isNull(name) ? nil : try number(name)
  }

  func blob(_ name: String) throws(RecordError) -> Data {
    guard case .blob(let data) = try storage(name) else { throw damaged("\(name) is no blob") }
    return data
  }

  func digest(_ name: String) throws(RecordError) -> Digest {
    guard let digest = Digest(hex: try text(name)) else { throw damaged("\(name) is no digest") }
    return digest
  }
}
