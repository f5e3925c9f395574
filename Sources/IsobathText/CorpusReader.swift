// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Collects documents line by line.
struct CorpusReader {
  private let options: CorpusOptions
  private(set) var documents: [Document] = []
  private(set) var skipped: [String] = []
  private var lineOf: [String: Int] = [:]
  /// A longer line is not a document but an accident.
  private static let longestLine = 64 << 20

  init(_ options: CorpusOptions) { self.options = options }

  private var isFull: Bool { options.limit.map { documents.count >= $0 } ?? false }

  mutating func readLines(_ bytes: [UInt8], isJSON: Bool) throws(TextError) {
    var number = 0
    var start = 0
    while start < bytes.count, !isFull {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      number += 1
      var line = bytes[start..<end]
      if line.last == 0x0D { line = line.dropLast() }
      start = end + 1
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      do throws(TextError) {
        try isJSON ? addJSON(line, number) : addText(line, number)
      } catch { try skip(error) }
    }
  }

  mutating func readArray(_ bytes: [UInt8]) throws(TextError) {
    let root: JSON
    do throws(JSONError) { root = try JSONDocument(bytes).root } catch {
      throw .json(error, path: options.path)
    }
    guard root.kind == .array else {
      throw .tokenizer(path: options.path, what: "a .json corpus is an array of strings or objects")
    }
    for (index, value) in root.elements.enumerated() where !isFull {
      do throws(TextError) { try add(value, index + 1) } catch { try skip(error) }
    }
  }

  private mutating func skip(_ error: TextError) throws(TextError) {
    guard options.onError == .skip else { throw error }
    skipped.append("\(error)")
  }

  private mutating func addText(_ line: ArraySlice<UInt8>, _ number: Int) throws(TextError) {
    guard UTF8Check.firstError(Array(line)) == nil else {
      throw .notUTF8(path: options.path, line: number)
    }
    try add(
      Document(id: "line-\(number)", text: String(decoding: line, as: UTF8.self)), number)
  }

  private mutating func addJSON(_ line: ArraySlice<UInt8>, _ number: Int) throws(TextError) {
    guard line.count <= CorpusReader.longestLine else {
      throw .line(
        path: options.path, line: number, what: "\(line.count) bytes; a line may have 64 MiB")
    }
    let value: JSON
    do throws(JSONError) { value = try JSONDocument(Array(line)).root } catch {
      if error.problem == .notUTF8 { throw .notUTF8(path: options.path, line: number) }
      throw .line(path: options.path, line: number, what: "not JSON: \(error.inLine)")
    }
    try add(value, number)
  }

  private mutating func add(_ value: JSON, _ number: Int) throws(TextError) {
    if let text = value.string {
      try add(Document(id: "line-\(number)", text: text), number)
      return
    }
    guard value.kind == .object else {
      throw .line(path: options.path, line: number, what: "neither an object nor a string")
    }
    let wanted = options.field.map { [$0] } ?? Corpus.usualFields
    guard let name = wanted.first(where: { value[$0] != nil }), let text = value[name]?.string
    else {
      let seen = value.members.map { "\($0.key) (\($0.value.kind.rawValue))" }
      throw .field(
        path: options.path, line: number, field: options.field ?? "text", found: seen)
    }
    let id = value["id"]?.string ?? value["id"]?.int.map(String.init) ?? "line-\(number)"
    try add(Document(id: id, text: text, source: value["source"]?.string), number)
  }

  private mutating func add(_ document: Document, _ number: Int) throws(TextError) {
    if let first = lineOf.updateValue(number, forKey: document.id) {
      throw .duplicate(id: document.id, path: options.path, first: first, second: number)
    }
    documents.append(document)
  }
}

extension JSONError {
  /// The reason with the column alone: the line is the corpus's.
  fileprivate var inLine: String {
    "\(self)".replacing("line 1, column", with: "column")
  }
}
