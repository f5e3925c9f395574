// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// A `.json` file: one array, or JSON lines, which some data sets ship under this name.
final class JSONRecords: RecordReader {
  private let reader: CorpusReader
  /// The text so far, while it is none or an array.
  private var array: [UInt8] = []
  private var isArray = false
  private var lines: LineRecords?

  init(_ reader: CorpusReader) { self.reader = reader }

  func take(_ piece: [UInt8]) throws(TextError) -> Bool {
    if let lines { return try lines.take(piece) }
    array += piece
    // The parser refuses more than this: no more has to be kept to hear it say so.
    guard array.count <= JSONLimits.standard.bytes else {
      try finish()
      return false
    }
    guard !isArray, let first = piece.first(where: { !JSONRecords.isSpace($0) }) else {
      return true
    }
    if first == UInt8(ascii: "[") {
      isArray = true
      return true
    }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "\"") else { throw notACorpus }
    let lines = LineRecords(reader, isJSON: true)
    self.lines = lines
    let begun = array
    array = []
    return try lines.take(begun)
  }

  func finish() throws(TextError) {
    if let lines { return try lines.finish() }
    if array.allSatisfy(JSONRecords.isSpace) { return }
    let root: JSON
    do throws(JSONError) { root = try JSONDocument(array).root } catch {
      throw .json(error, path: reader.path)
    }
    guard root.kind == .array else { throw notACorpus }
    for (index, value) in root.elements.enumerated() where !reader.isFull {
      try reader.attempt { reader throws(TextError) in try reader.add(value, index + 1) }
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private var notACorpus: TextError {
    .corpus(
      path: reader.path,
      what: "a .json corpus is an array of strings or objects, or one object a line")
  }
}
