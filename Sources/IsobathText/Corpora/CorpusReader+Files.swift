// SPDX-License-Identifier: GPL-3.0-or-later

/// From a file to its documents.
extension CorpusReader {
  /// Reads the file as far as its documents are wanted.
  func readAll() throws(TextError) {
    guard file.form == .table else {
      let source = try text()
      try records().takeAll(source)
      return
    }
    guard case .keep(let chosen) = purpose, isPlain else { return try readTable(rows: nil) }
    try readTable(rows: chosen.keys.sorted())
  }

  /// Counts the file's documents into `seen`.
  func count() throws(TextError) {
    guard file.form == .table, isPlain else { return try readAll() }
    seen = try tables().count(of: path)
  }

  /// Whether every row is a document or an error.
  private var isPlain: Bool { options.keepsEmpty && options.onError == .fail }

  private func text() throws(TextError) -> any ByteSource {
    let bytes = try FileBytes(path)
    switch file.packing {
    case nil: return TextBytes(bytes, path: path)
    case .gzip: return TextBytes(try GzipBytes(bytes, path: path), path: path)
    case .zstd: return TextBytes(try ZstdBytes(bytes, path: path), path: path)
    }
  }

  private func records() -> any RecordReader {
    switch file.form {
    case .lines: LineRecords(self, isJSON: false)
    case .jsonLines, .table: LineRecords(self, isJSON: true)
    case .json: JSONRecords(self)
    case .rows(let delimiter): RowRecords(self, delimiter: delimiter)
    }
  }

  private func tables() throws(TextError) -> any TableSource {
    guard let tables = options.tables else { throw .table(path: path, .noProgram) }
    return tables
  }

  /// Reads the rows with these indices, or all of them.
  private func readTable(rows: [Int]?) throws(TextError) {
    let tables = try tables()
    let columns = try tables.columns(of: path)
    let names = columns.map(\.name)
    let wanted = options.field.map { [$0] } ?? Corpus.usualFields
    guard let text = wanted.first(where: names.contains),
      columns.contains(where: { $0.name == text && $0.isText })
    else {
      throw .field(
        path: path, line: 1, field: options.field ?? "text", found: columns.map(\.description))
    }
    var limit: Int?
    if case .all(let most) = purpose, isPlain { limit = most }
    let read = [text] + ["id", "source"].filter { names.contains($0) && $0 != text }
    let request = TableRequest(path: path, columns: read, rows: rows, limit: limit)
    if rows != nil { expectTheChosenAlone() }
    let records = LineRecords(self, isJSON: true, numbers: rows.map { $0.map { $0 + 1 } })
    try tables.read(request) { piece throws(TextError) in try records.take(piece) }
    try records.finish()
  }
}
