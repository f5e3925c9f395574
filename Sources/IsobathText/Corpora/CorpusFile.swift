// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// One file of a corpus, and how it is read: that is said by the ending of its name alone.
struct CorpusFile: Sendable, Equatable {
  /// What the bytes are.
  enum Form: Sendable, Equatable {
    /// A document a line; blank lines are none.
    case lines
    /// A JSON object or string a line.
    case jsonLines
    /// An array of objects or strings, or JSON lines, as the first letter says.
    case json
    /// Rows with a header (RFC 4180).
    case rows(delimiter: UInt8)
    /// Columns, which `TableSource` reads.
    case table
  }

  let path: String
  let form: Form
  let packing: Packing?
  /// What stands before the ids of its documents; nil where the file is alone.
  let prefix: String?

  private static let forms: [(ending: String, form: Form)] = [
    (".jsonl", .jsonLines), (".ndjson", .jsonLines), (".json", .json), (".txt", .lines),
    (".csv", .rows(delimiter: UInt8(ascii: ","))), (".tsv", .rows(delimiter: UInt8(ascii: "\t"))),
  ]
  private static let packings = [Packing.gzip, .zstd]

  /// What is read, for an error and for the help.
  static let endings =
    forms.map(\.ending).joined(separator: ", ") + ", each also with .gz or .zst, and .parquet"

  init(_ path: String, prefix: String? = nil) throws(TextError) {
    var name = URL(filePath: path).lastPathComponent.lowercased()
    self.path = path
    self.prefix = prefix
    if name.hasSuffix(".parquet") {
      form = .table
      packing = nil
      return
    }
    let packed = CorpusFile.packings.first { name.hasSuffix($0.ending) }
    if let packed { name.removeLast(packed.ending.count) }
    guard let found = CorpusFile.forms.first(where: { name.hasSuffix($0.ending) }) else {
      if TextFile.isFolder(path) {
        throw .unreadable(
          path: path, reason: "it is a folder; name its files, or its data set with --preset")
      }
      throw .ending(path: path, supported: CorpusFile.endings)
    }
    form = found.form
    packing = packed
  }

  /// The files of a corpus. Where there are several, each has a prefix that no other has.
  static func files(_ paths: [String]) throws(TextError) -> [CorpusFile] {
    let whole = paths.map { URL(filePath: $0).standardizedFileURL.pathComponents }
    for (index, parts) in whole.enumerated() where whole[..<index].contains(parts) {
      throw .twice(path: paths[index])
    }
    guard paths.count > 1 else {
      return try paths.map { path throws(TextError) in try CorpusFile(path) }
    }
    let prefixes = prefixes(whole)
    return try zip(paths, prefixes).map { pair throws(TextError) in
      try CorpusFile(pair.0, prefix: pair.1)
    }
  }

  /// The stems of the names, with as many folders as make them differ; with their endings where
  /// these alone differ, as in a.jsonl and a.txt of one folder.
  private static func prefixes(_ files: [[String]]) -> [String] {
    let lengths = 1...(files.map(\.count).max() ?? 1)
    let candidates =
      lengths.map { length in files.map { stem($0.suffix(length)) } }
      + lengths.map { length in files.map { $0.suffix(length).joined(separator: "/") } }
    // Whole paths differ: the last candidate always does.
    return candidates.first { Set($0).count == files.count }
      ?? files.map { $0.joined(separator: "/") }
  }

  /// `harmless-base/test` of `…/harmless-base/test.jsonl.gz`.
  private static func stem(_ parts: ArraySlice<String>) -> String {
    let name = parts.last ?? ""
    let bare = name.prefix { $0 != "." }
    return (parts.dropLast() + [bare.isEmpty ? name : String(bare)]).joined(separator: "/")
  }
}
