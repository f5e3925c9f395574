// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the directory of a zip archive, entry by entry.
struct ZipDirectory {
  /// What the directory says of an entry; `bytes` is filled in by `ZipLayout`.
  struct Record {
    let name: String
    let flags: UInt16
    let checksum: UInt32
    let size: Int
    /// Where the entry's own header is.
    let header: Int
    var bytes: Range<Int>

    /// Whether the sizes follow the data because the writer did not know them before.
    var hasDescriptor: Bool { flags & 8 != 0 }
  }
  private static let fixed = 46

  private let file: MappedFile
  private let end: Int
  private var at: Int
  private var index = 0

  init(_ file: MappedFile, _ end: ZipEnd) {
    self.file = file
    at = end.directory.lowerBound
    self.end = end.directory.upperBound
  }

  func finish() throws(ZipProblem) {
    guard at == end else {
      throw .directory(entry: index, what: "\(end - at) bytes follow the last entry")
    }
  }

  mutating func next() throws(ZipProblem) -> Record {
    guard end - at >= ZipDirectory.fixed, file.number(at, UInt32.self) == 0x0201_4B50 else {
      throw .directory(entry: index, what: "not an entry")
    }
    let name = Int(file.number(at + 28))
    let extra = Int(file.number(at + 30))
    let comment = Int(file.number(at + 32))
    guard name + extra + comment <= end - at - ZipDirectory.fixed else {
      throw .directory(entry: index, what: "it reaches past the directory's end")
    }
    let start = at + ZipDirectory.fixed
    let text = String(validating: file.bytes(start..<(start + name)), as: UTF8.self)
    guard let text, !text.isEmpty else {
      throw .directory(entry: index, what: "its name is not UTF-8")
    }
    let wide = try WideFields(file, (start + name)..<(start + name + extra), of: at, text)
    let flags = file.number(at + 8)
    try checkMethod(text, flags)
    guard wide.stored == wide.size else { throw .headersDiffer(text, what: "the sizes") }
    guard file.number(at + 34) == 0 else { throw .severalDisks }
    let record = Record(
      name: text, flags: flags, checksum: file.number(at + 16, UInt32.self), size: wide.size,
      header: wide.header, bytes: 0..<0)
    at = start + name + extra + comment
    index += 1
    return record
  }

  private func checkMethod(_ name: String, _ flags: UInt16) throws(ZipProblem) {
    // 1: encrypted; 64: strongly; 8192: its header too.
    guard flags & 0x2041 == 0 else { throw .encrypted(name) }
    let method = file.number(at + 10)
    guard method == 0 else {
      let known: [UInt16: String] = [
        8: "deflate", 9: "deflate64", 12: "bzip2", 14: "lzma", 93: "zstd",
      ]
      throw .compressed(name, method: known[method] ?? "method \(method)")
    }
  }
}

/// An entry's sizes and place: 32-bit numbers, or where those hold only ones the 64-bit ones of the
/// zip64 field.
private struct WideFields {
  let size: Int
  let stored: Int
  let header: Int

  /// - Parameters:
  ///   - extra: where the entry's extra fields are.
  ///   - at: where its directory record is.
  init(
    _ file: MappedFile, _ extra: Range<Int>, of at: Int, _ name: String
  ) throws(ZipProblem) {
    var wide = try WideFields.zip64(file, extra, name)
    var found: [Int] = []
    // The field holds them in this order, and only those that are needed.
    for offset in [24, 20, 42] {
      let narrow = file.number(at + offset, UInt32.self)
      guard narrow == .max else {
        found.append(Int(narrow))
        continue
      }
      guard wide.count >= 8 else {
        throw .headersDiffer(name, what: "sizes beyond 4 GiB, which its zip64 field lacks")
      }
      let number = file.number(wide.lowerBound, UInt64.self)
      guard number <= UInt64(file.count) else {
        throw .endPastFile(what: "entry '\(name)'")
      }
      found.append(Int(number))
      wide = (wide.lowerBound + 8)..<wide.upperBound
    }
    (size, stored, header) = (found[0], found[1], found[2])
  }

  /// Where the zip64 field's numbers are; empty when there is no such field.
  private static func zip64(
    _ file: MappedFile, _ extra: Range<Int>, _ name: String
  ) throws(ZipProblem) -> Range<Int> {
    var at = extra.lowerBound
    var found: Range<Int>?
    while at < extra.upperBound {
      guard extra.upperBound - at >= 4,
        Int(file.number(at + 2)) <= extra.upperBound - at - 4
      else { throw .headersDiffer(name, what: "the length of its extra fields") }
      let end = at + 4 + Int(file.number(at + 2))
      if file.number(at) == 1 {
        guard found == nil else { throw .headersDiffer(name, what: "two zip64 fields") }
        found = (at + 4)..<end
      }
      at = end
    }
    return found ?? extra.lowerBound..<extra.lowerBound
  }
}
