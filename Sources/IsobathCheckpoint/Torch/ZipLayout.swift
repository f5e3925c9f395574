// SPDX-License-Identifier: GPL-3.0-or-later

/// Checks each entry's own header against the directory, and that the entries fill the file.
struct ZipLayout {
  private static let fixed = 30

  private let file: MappedFile
  /// Where the directory begins: entries end there.
  private let directory: Int

  init(_ file: MappedFile, directory: Int) {
    self.file = file
    self.directory = directory
  }

  /// Sorts the records by their place and fills in where their bytes are.
  func check(_ records: inout [ZipDirectory.Record]) throws(ZipProblem) {
    records.sort { $0.header < $1.header }
    var end = 0
    var last = "the file's start"
    for index in records.indices {
      let record = records[index]
      if record.header < end { throw .overlap(last, record.name) }
      if record.header > end {
        throw .hole(before: "entry '\(record.name)'", bytes: record.header - end)
      }
      records[index].bytes = try bytes(of: record)
      end = try self.end(of: records[index])
      last = record.name
    }
    if end < directory { throw .hole(before: "the directory", bytes: directory - end) }
  }

  private func bytes(of record: ZipDirectory.Record) throws(ZipProblem) -> Range<Int> {
    let at = record.header
    guard directory - at >= ZipLayout.fixed, file.number(at, UInt32.self) == 0x0403_4B50 else {
      throw .headersDiffer(record.name, what: "its place")
    }
    guard file.number(at + 6) == record.flags else {
      throw .headersDiffer(record.name, what: "the flags")
    }
    guard file.number(at + 8) == 0 else { throw .headersDiffer(record.name, what: "the method") }
    let name = Int(file.number(at + 26))
    let start = at + ZipLayout.fixed + name + Int(file.number(at + 28))
    guard start <= directory, record.size <= directory - start else {
      throw .endPastFile(what: "entry '\(record.name)'")
    }
    let nameBytes = file.bytes((at + ZipLayout.fixed)..<(at + ZipLayout.fixed + name))
    guard nameBytes.elementsEqual(record.name.utf8) else {
      throw .headersDiffer(record.name, what: "the name")
    }
    try checkSizes(record)
    return start..<(start + record.size)
  }

  /// The header's own sizes: the true ones, or what a writer leaves that does not know them yet.
  private func checkSizes(_ record: ZipDirectory.Record) throws(ZipProblem) {
    let checksum = file.number(record.header + 14, UInt32.self)
    guard checksum == record.checksum || record.hasDescriptor && checksum == 0 else {
      throw .headersDiffer(record.name, what: "the checksum")
    }
    for offset in [18, 22] {
      let size = file.number(record.header + offset, UInt32.self)
      let isLater = size == 0 && record.hasDescriptor || size == .max
      guard isLater || Int(size) == record.size else {
        throw .headersDiffer(record.name, what: "the size")
      }
    }
  }

  /// Where the entry ends: with its data, or with the descriptor that repeats checksum and sizes.
  private func end(of record: ZipDirectory.Record) throws(ZipProblem) -> Int {
    let end = record.bytes.upperBound
    guard record.hasDescriptor else { return end }
    guard directory - end >= 16, file.number(end, UInt32.self) == 0x0807_4B50,
      file.number(end + 4, UInt32.self) == record.checksum
    else { throw .headersDiffer(record.name, what: "the checksum after the data") }
    let size = UInt64(record.size)
    if directory - end >= 24, file.number(end + 8, UInt64.self) == size,
      file.number(end + 16, UInt64.self) == size
    {
      return end + 24
    }
    guard UInt64(file.number(end + 8, UInt32.self)) == size,
      UInt64(file.number(end + 12, UInt32.self)) == size
    else { throw .headersDiffer(record.name, what: "the size after the data") }
    return end + 16
  }
}
