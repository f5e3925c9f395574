// SPDX-License-Identifier: GPL-3.0-or-later

/// The entries of a zip archive as torch.save writes it: stored, in one folder, one after the other.
///
/// The directory at the end and the header before each entry must say the same, and every byte must
/// belong to an entry: no reader can see another archive in the file than this one sees.
struct ZipArchive {
  /// An entry's bytes in the file.
  struct Entry {
    let bytes: Range<Int>
    /// 0 when the writer left it out.
    let checksum: UInt32
  }
  static let mostEntries = 100_000

  /// Entries by their names below the folder that holds them all.
  let entries: [String: Entry]

  init(_ file: MappedFile) throws(ZipProblem) {
    let end = try ZipEnd(file)
    var directory = ZipDirectory(file, end)
    var found: [ZipDirectory.Record] = []
    for _ in 0..<end.count { found.append(try directory.next()) }
    try directory.finish()
    try ZipLayout(file, directory: end.directory.lowerBound).check(&found)
    entries = try ZipArchive.named(found)
  }

  /// The entries without the name of their folder.
  private static func named(
    _ records: [ZipDirectory.Record]
  ) throws(ZipProblem) -> [String: Entry] {
    var entries: [String: Entry] = [:]
    entries.reserveCapacity(records.count)
    var folder: Substring?
    for record in records {
      let parts = record.name.split(separator: "/", omittingEmptySubsequences: false)
      let isSafe = parts.allSatisfy { !["", ".", ".."].contains($0) }
      guard parts.count > 1, isSafe, !record.name.utf8.contains(where: { $0 < 0x20 || $0 == 0x5C })
      else { throw .badName(String(record.name.prefix(80))) }
      let first = folder ?? parts[0]
      guard first == parts[0] else { throw .severalFolders(String(first), String(parts[0])) }
      folder = first
      let name = String(record.name.dropFirst(first.count + 1))
      let entry = Entry(bytes: record.bytes, checksum: record.checksum)
      guard entries.updateValue(entry, forKey: name) == nil else {
        throw .duplicate(record.name)
      }
    }
    return entries
  }
}

/// CRC-32 as zip, gzip and PNG use it (reflected, polynomial 0xEDB88320).
enum Checksum {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
    }
  }

  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      ~bytes.reduce(~UInt32(0)) { $0 >> 8 ^ table[Int(($0 ^ UInt32($1)) & 0xFF)] }
    }
  }
}
