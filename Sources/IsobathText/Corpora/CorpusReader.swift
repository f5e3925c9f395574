// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Collects the documents of one file.
final class CorpusReader {
  /// Which documents are kept.
  enum Purpose {
    case all(limit: Int?)
    /// None: they are counted.
    case count
    /// Those with these indices; the values are their positions in the corpus.
    case keep([Int: Int])
  }

  let options: CorpusOptions
  let file: CorpusFile
  private(set) var documents: [Document] = []
  /// The documents' positions in the corpus, when they are chosen ones.
  private(set) var positions: [Int] = []
  private(set) var skipped: [String] = []
  /// How many documents were met, kept or not.
  var seen = 0
  /// How many were left out because they have no text.
  private(set) var empty = 0
  private(set) var purpose: Purpose
  private var lineOf: [String: Int] = [:]

  init(_ options: CorpusOptions, _ file: CorpusFile, _ purpose: Purpose) {
    self.options = options
    self.file = file
    self.purpose = purpose
  }

  var path: String { file.path }

  /// Whether nothing that follows in the file would be kept.
  var isFull: Bool {
    switch purpose {
    case .all(let limit): limit.map { documents.count >= $0 } ?? false
    case .count: false
    case .keep(let chosen): documents.count >= chosen.count
    }
  }

  /// Does something with a line; `--on-error skip` leaves the line out when that fails.
  func attempt(_ body: (CorpusReader) throws(TextError) -> Void) throws(TextError) {
    do throws(TextError) { try body(self) } catch {
      // Counted as a document, a chosen one cannot be left out.
      if case (.keep, .duplicate) = (purpose, error) { throw error }
      guard options.onError == .skip else { throw error }
      skipped.append("\(error)")
    }
  }

  /// The chosen documents alone will come: their indices become 0, 1 and so on.
  func expectTheChosenAlone() {
    guard case .keep(let chosen) = purpose else { return }
    let positions = chosen.sorted { $0.key < $1.key }.map(\.value)
    purpose = .keep(Dictionary(uniqueKeysWithValues: zip(positions.indices, positions)))
  }

  func addText(_ line: ArraySlice<UInt8>, _ number: Int) throws(TextError) {
    guard UTF8Check.firstError(Array(line)) == nil else { throw .notUTF8(path: path, line: number) }
    try add(
      Document(id: "line-\(number)", text: String(decoding: line, as: UTF8.self)), number)
  }

  func addJSON(_ line: ArraySlice<UInt8>, _ number: Int) throws(TextError) {
    let value: JSON
    do throws(JSONError) { value = try JSONDocument(Array(line)).root } catch {
      if error.problem == .notUTF8 { throw .notUTF8(path: path, line: number) }
      throw .line(path: path, line: number, what: "not JSON: \(error.inLine)")
    }
    try add(value, number)
  }

  func add(_ value: JSON, _ number: Int) throws(TextError) {
    if let text = value.string {
      try add(Document(id: "line-\(number)", text: text), number)
      return
    }
    guard value.kind == .object else {
      throw .line(path: path, line: number, what: "neither an object nor a string")
    }
    let wanted = options.field.map { [$0] } ?? Corpus.usualFields
    guard let name = wanted.first(where: { value[$0] != nil }), let text = value[name]?.string
    else {
      let seen = value.members.map { "\($0.key) (\($0.value.kind.rawValue))" }
      throw .field(path: path, line: number, field: options.field ?? "text", found: seen)
    }
    let id = value["id"]?.string ?? value["id"]?.int.map(String.init) ?? "line-\(number)"
    try add(Document(id: id, text: text, source: value["source"]?.string), number)
  }

  func add(_ document: Document, _ number: Int) throws(TextError) {
    if document.text.isEmpty, !options.keepsEmpty {
      empty += 1
      return
    }
    defer { seen += 1 }
    switch purpose {
    case .count: return
    case .all: try keep(document, number)
    case .keep(let chosen):
      guard let position = chosen[seen] else { return }
      try keep(document, number)
      positions.append(position)
    }
  }

  private func keep(_ document: Document, _ number: Int) throws(TextError) {
    if let first = lineOf.updateValue(number, forKey: document.id) {
      throw .duplicate(id: document.id, path: path, first: first, second: number)
    }
    let id = file.prefix.map { "\($0):\(document.id)" } ?? document.id
    documents.append(Document(id: id, text: document.text, source: document.source))
  }
}

extension JSONError {
  /// The reason with the column alone: the line is the corpus's.
  fileprivate var inLine: String {
    "\(self)".replacing("line 1, column", with: "column")
  }
}
