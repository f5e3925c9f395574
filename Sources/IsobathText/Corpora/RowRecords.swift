// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// `.csv` and `.tsv` with a header (RFC 4180): fields in quotes may hold delimiters, line ends and
/// doubled quotes. What the rules do not allow is refused, since it would cut texts elsewhere.
final class RowRecords: RecordReader {
  private enum State {
    case start
    case plain
    case quoted
    /// A quote within quotes: their end, or the first of two.
    case closed
    /// A carriage return outside quotes.
    case carriage
  }

  private let reader: CorpusReader
  private let delimiter: UInt8
  private var columns: RowColumns?
  private var state = State.start
  private var row = Row(line: 1)
  private var line = 1
  private var opened = 1

  init(_ reader: CorpusReader, delimiter: UInt8) {
    self.reader = reader
    self.delimiter = delimiter
  }

  func take(_ piece: [UInt8]) throws(TextError) -> Bool {
    for byte in piece {
      if state == .quoted {
        take(quoted: byte)
      } else if try takePlain(byte) {
        line += 1
        try endRow()
        if reader.isFull { return false }
        continue
      }
      if byte == 0x0A { line += 1 }
      guard row.bytes.count <= LineRecords.longest else {
        throw wrong(row.line, "a row of more than 64 MiB; is a quote never closed?")
      }
    }
    return true
  }

  func finish() throws(TextError) {
    guard !reader.isFull else { return }
    if state == .quoted { throw wrong(opened, "a quote that opens here is never closed") }
    guard state != .start || !row.bytes.isEmpty || !row.ends.isEmpty else { return }
    row.endField()
    try endRow()
  }

  private func take(quoted byte: UInt8) {
    if byte == UInt8(ascii: "\"") { state = .closed } else { row.bytes.append(byte) }
  }

  /// - Returns: whether the row ends here.
  private func takePlain(_ byte: UInt8) throws(TextError) -> Bool {
    switch byte {
    case 0x0A:
      row.endField()
      return true
    case _ where state == .carriage:
      throw wrong(line, "a carriage return without a line feed; put the field in quotes")
    case 0x0D: state = .carriage
    case delimiter:
      row.endField()
      state = .start
    case UInt8(ascii: "\""): try takeQuote()
    case _ where state == .closed:
      throw wrong(line, "text behind a closing quote; a quote within quotes is doubled")
    default:
      state = .plain
      row.bytes.append(byte)
    }
    return false
  }

  private func takeQuote() throws(TextError) {
    switch state {
    case .start:
      row.isQuoted = true
      opened = line
      state = .quoted
    case .closed:
      row.bytes.append(UInt8(ascii: "\""))
      state = .quoted
    default:
      throw wrong(
        line, "a quote within a field that has none around it; put quotes around it and double it")
    }
  }

  private func endRow() throws(TextError) {
    let ended = row
    row = Row(line: line)
    state = .start
    if ended.isBlank { return }
    guard let columns else {
      columns = try RowColumns(header: ended, reader)
      return
    }
    try reader.attempt { reader throws(TextError) in try columns.add(ended, to: reader) }
  }

  private func wrong(_ line: Int, _ what: String) -> TextError {
    .line(path: reader.path, line: line, what: what)
  }
}

/// A row's fields behind each other, without their quotes.
struct Row {
  /// The line on which it begins.
  let line: Int
  var bytes: [UInt8] = []
  /// Where each field ends.
  var ends: [Int] = []
  var isQuoted = false

  init(line: Int) { self.line = line }

  var isBlank: Bool { ends.count == 1 && bytes.isEmpty && !isQuoted }

  mutating func endField() { ends.append(bytes.count) }

  subscript(field: Int) -> ArraySlice<UInt8> {
    bytes[(field == 0 ? 0 : ends[field - 1])..<ends[field]]
  }
}

/// Which columns are read, from the header.
struct RowColumns {
  private let count: Int
  private let text: Int
  private let id: Int?
  private let source: Int?

  init(header: Row, _ reader: CorpusReader) throws(TextError) {
    guard UTF8Check.firstError(header.bytes) == nil else {
      throw .notUTF8(path: reader.path, line: header.line)
    }
    let names = header.ends.indices.map { String(decoding: header[$0], as: UTF8.self) }
    let wanted = reader.options.field.map { [$0] } ?? Corpus.usualFields
    guard let name = wanted.first(where: names.contains), let text = names.firstIndex(of: name)
    else {
      throw .field(
        path: reader.path, line: header.line, field: reader.options.field ?? "text", found: names)
    }
    let read = [name, "id", "source"]
    if let twice = read.first(where: { column in names.count { $0 == column } > 1 }) {
      throw .line(
        path: reader.path, line: header.line, what: "the column '\(twice)' stands twice")
    }
    count = names.count
    self.text = text
    id = name == "id" ? nil : names.firstIndex(of: "id")
    source = name == "source" ? nil : names.firstIndex(of: "source")
  }

  func add(_ row: Row, to reader: CorpusReader) throws(TextError) {
    guard row.ends.count == count else {
      throw .line(
        path: reader.path, line: row.line,
        what: "\(row.ends.count) fields under a header of \(count)")
    }
    guard UTF8Check.firstError(row.bytes) == nil else {
      throw .notUTF8(path: reader.path, line: row.line)
    }
    let cell = { (column: Int?) -> String? in
      column.map { String(decoding: row[$0], as: UTF8.self) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    try reader.add(
      Document(
        id: cell(id) ?? "line-\(row.line)", text: cell(text) ?? "", source: cell(source)),
      row.line)
  }
}
