// SPDX-License-Identifier: GPL-3.0-or-later

/// Takes a file's bytes in pieces and hands its documents to a `CorpusReader`.
protocol RecordReader: AnyObject {
  /// - Returns: whether more is wanted.
  func take(_ piece: [UInt8]) throws(TextError) -> Bool
  /// The bytes have ended.
  func finish() throws(TextError)
}

extension RecordReader {
  /// Reads to the end, or until no more is wanted.
  func takeAll(_ source: any ByteSource) throws(TextError) {
    while true {
      let piece = try source.next()
      if piece.isEmpty { return try finish() }
      guard try take(piece) else { return }
    }
  }
}

/// Lines, each a text or a JSON value.
final class LineRecords: RecordReader {
  private let reader: CorpusReader
  private let isJSON: Bool
  /// What the lines are called where they do not count from 1.
  private let numbers: [Int]?
  private var count = 0
  /// The line whose end is not in sight.
  private var begun: [UInt8] = []
  /// The bytes of a line that is too long to be kept; 0 for any other.
  private var lost = 0
  /// A longer line is not a document but an accident.
  static let longest = 64 << 20

  init(_ reader: CorpusReader, isJSON: Bool, numbers: [Int]? = nil) {
    self.reader = reader
    self.isJSON = isJSON
    self.numbers = numbers
  }

  func take(_ piece: [UInt8]) throws(TextError) -> Bool {
    var start = 0
    while let end = piece[start...].firstIndex(of: 0x0A) {
      try endLine(piece[start..<end])
      start = end + 1
      if reader.isFull { return false }
    }
    keep(piece[start...])
    return true
  }

  func finish() throws(TextError) {
    guard lost > 0 || !begun.isEmpty, !reader.isFull else { return }
    try endLine([])
  }

  private func keep(_ part: ArraySlice<UInt8>) {
    if lost == 0, begun.count + part.count <= LineRecords.longest {
      begun += part
      return
    }
    lost += begun.count + part.count
    begun = []
  }

  private func endLine(_ rest: ArraySlice<UInt8>) throws(TextError) {
    if begun.isEmpty, lost == 0, rest.count <= LineRecords.longest { return try line(rest) }
    keep(rest)
    let (whole, size) = (begun, lost)
    begun = []
    lost = 0
    guard size > 0 else { return try line(whole[...]) }
    let number = next()
    try reader.attempt { reader throws(TextError) in
      throw .line(
        path: reader.path, line: number, what: "\(size) bytes; a line may have 64 MiB")
    }
  }

  private func next() -> Int {
    defer { count += 1 }
    guard let numbers else { return count + 1 }
    return count < numbers.count ? numbers[count] : count + 1
  }

  private func line(_ bytes: ArraySlice<UInt8>) throws(TextError) {
    let number = next()
    let line = bytes.last == 0x0D ? bytes.dropLast() : bytes
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
    let isJSON = isJSON
    try reader.attempt { reader throws(TextError) in
      try isJSON ? reader.addJSON(line, number) : reader.addText(line, number)
    }
  }
}
