// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathTestSupport
import Testing

/// Runs that were damaged, by a script that plays the vandal.
@Suite struct DamagedRunTests {
  private let folder: URL
  private var path: String { folder.path(percentEncoded: false) }
  private var store: URL { folder.appending(path: "run.sqlite") }

  init() throws {
    folder = try Fixtures.temporaryFolder()
    let writer = try RunWriter(
      folder: folder.path(percentEncoded: false), manifest: Samples.manifest(),
      sites: Samples.sites)
    try writer.write(batch: Samples.documents(0..<4))
    try writer.close()
  }

  private func sql(_ statements: String) throws {
    let script =
      "import sqlite3, sys; c = sqlite3.connect('run.sqlite'); c.executescript(sys.argv[1])"
    let outcome = try Python.run(["-c", script, statements], in: folder)
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  private func readAll() throws {
    let reader = try RunReader(folder: path)
    for page in reader.pages() { _ = try reader.documents(page) }
  }

  private static let cases: [(String, String)] = [
    ("PRAGMA application_id = 7", "is not a run store of Isobath"),
    ("PRAGMA user_version = 3", "version 3 of its format and this Isobath reads 2"),
    ("DROP TABLE pooled", "its tables are not those of a run store"),
    ("CREATE TABLE more (x)", "its tables are not those of a run store"),
    ("CREATE VIEW more AS SELECT 1", "its tables are not those of a run store"),
    (
      "CREATE TRIGGER t AFTER INSERT ON document BEGIN DELETE FROM document; END",
      "its tables are not those of a run store"
    ),
    ("ALTER TABLE meta ADD COLUMN x TEXT", "its tables are not those of a run store"),
    ("UPDATE meta SET value = 'x' WHERE key = 'run'", "belongs to another run"),
    ("DELETE FROM meta", "belongs to another run"),
    ("DELETE FROM document WHERE ordinal = 1", "documents are missing between others"),
    ("UPDATE document SET ordinal = -1 WHERE ordinal = 0", "documents are missing between others"),
    ("UPDATE document SET tokens = -1 WHERE ordinal = 0", "tokens is no count"),
    ("UPDATE document SET digest = 'x' WHERE ordinal = 0", "digest is no digest"),
    ("UPDATE spectrum SET eigenvalues = x'00' WHERE reason IS NULL", "a spectrum is cut short"),
    ("UPDATE spectrum SET eigenvalues = x'' WHERE reason IS NULL", "a spectrum is empty"),
    (
      "UPDATE spectrum SET eigenvalues = zeroblob(8) WHERE reason IS NULL",
      "a spectrum adds up to 0.0"
    ),
    (
      "UPDATE spectrum SET eigenvalues = x'000000000000F87F' WHERE reason IS NULL",
      "a spectrum does not descend to 0 or more"
    ),
    (
      "UPDATE spectrum SET eigenvalues = x'000000000000E03F000000000000F03F' WHERE reason IS NULL",
      "a spectrum does not descend to 0 or more"
    ),
    (
      "PRAGMA foreign_keys = OFF; UPDATE spectrum SET site = site + 90", "a site that the run lacks"
    ),
    ("UPDATE position SET positions = x'0000000000'", "cut short"),
    ("UPDATE position SET positions = x'01000000'", "1 positions have 2 values"),
    ("UPDATE position SET positions = x'0200000001000000'", "positions do not ascend from 1"),
    ("UPDATE position SET positions = x'0000000001000000'", "positions do not ascend from 1"),
    (
      "UPDATE position SET estimates = x'000000000000F07F000000000000F03F'",
      "a value at a position is not finite"
    ),
    ("UPDATE pooled SET state = x'0000807F'", "a pooled state is not finite"),
    ("UPDATE pooled SET state = x'00'", "a pooled state is cut short"),
    ("UPDATE scalar SET estimate = 9e999 WHERE reason IS NULL", "the scalar norm is not finite"),
  ]

  @Test(arguments: cases.indices)
  func oneSentenceSaysWhatIsWrong(index: Int) throws {
    let (statements, message) = Self.cases[index]
    try sql(statements)
    let error = #expect(throws: RecordError.self) { try readAll() }
    let said = error.map { "\($0)" } ?? ""
    #expect(said.contains(message), "\(said)")
    #expect(said.contains("run.sqlite"))
    #expect(!said.contains("\n"))
  }

  @Test func whatIsNoDatabaseIsSaid() throws {
    try Data("a text that is long enough to be taken for a header of something".utf8).write(
      to: store)
    let error = #expect(throws: RecordError.self) { try readAll() }
    let said = error.map { "\($0)" } ?? ""
    #expect(said.contains("is not a run store of Isobath"), "\(said)")
  }

  /// Every page of a store in turn is overwritten or the file ends there: an error or the same rows,
  /// never a crash or other rows.
  @Test func pagesThatRotAreFoundOrWereNotNeeded() throws {
    let whole = try Data(contentsOf: store)
    let size = 32768
    let pages = whole.count / size
    var found = 0
    for page in 0..<pages {
      for isCut in [true, false] {
        var bytes = whole
        let range = page * size..<(page + 1) * size
        if isCut {
          bytes = whole.prefix(range.lowerBound)
        } else {
          bytes.replaceSubrange(range, with: Data(repeating: 0xA5, count: size))
        }
        try bytes.write(to: store)
        do throws(RecordError) {
          let reader = try RunReader(folder: path)
          let documents = try reader.documents(0..<reader.completed)
          #expect(documents == Samples.documents(0..<4) || documents.isEmpty, "page \(page)")
        } catch {
          found += 1
          #expect(!"\(error)".contains("\n"))
        }
      }
    }
    print("rotten pages: \(found) of \(2 * pages) found")
    #expect(found > pages)
  }

  @Test func aFolderThatIsNoRunIsSaid() throws {
    let empty = try Fixtures.temporaryFolder().path(percentEncoded: false)
    #expect(throws: RecordError.notARun(folder: empty, missing: "run.json")) {
      try RunReader(folder: empty)
    }
    try Samples.manifest().write(toFolder: empty)
    #expect(throws: RecordError.notARun(folder: empty, missing: "run.sqlite")) {
      try RunReader(folder: empty)
    }
    try FileManager.default.removeItem(at: folder.appending(path: "run.json"))
    #expect(throws: RecordError.notARun(folder: path, missing: "run.json")) {
      try RunWriter(folder: path, manifest: Samples.manifest(), sites: Samples.sites)
    }
  }

  /// Killed after the manifest, or while the tables were made: the survey starts anew.
  @Test func aRunThatHardlyBeganGoesOn() throws {
    try Data().write(to: store)
    #expect(try RunReader(folder: path).completed == 0)
    let writer = try RunWriter(folder: path, manifest: Samples.manifest(), sites: Samples.sites)
    try writer.write(batch: Samples.documents(0..<6))
    #expect(try RunReader(folder: path).documents(0..<6) == Samples.documents(0..<6))
  }

  @Test func otherSitesThanTheRunsAreRefused() throws {
    let error = #expect(throws: RecordError.self) {
      try RunWriter(
        folder: path, manifest: Samples.manifest(), sites: Array(Samples.sites.dropLast()))
    }
    #expect(
      error == .damaged(path: Folder.join(path, "run.sqlite"), "its sites are not those of the run")
    )
  }

  /// A process that is killed in a commit leaves a journal; whoever comes next, reader or writer,
  /// finds the store as it was before.
  @Test(arguments: [true, false])
  func aCommitThatWasCutOffIsTakenBack(byReader: Bool) throws {
    let script = """
      import os, sqlite3
      c = sqlite3.connect("run.sqlite", isolation_level=None)
      c.execute("PRAGMA cache_size = 2")
      c.execute("BEGIN")
      c.execute("UPDATE document SET note = 'half done'")
      c.execute("DELETE FROM spectrum")
      c.execute("UPDATE position SET measure = measure || 'x'")
      assert os.path.getsize("run.sqlite-journal") > 512
      os._exit(0)
      """
    let outcome = try Python.run(["-c", script], in: folder)
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(Folder.exists(store.path(percentEncoded: false) + "-journal"))
    if byReader {
      #expect(try RunReader(folder: path).documents(0..<4) == Samples.documents(0..<4))
    } else {
      let writer = try RunWriter(folder: path, manifest: Samples.manifest(), sites: Samples.sites)
      try writer.write(batch: Samples.documents(4..<6))
      #expect(try RunReader(folder: path).documents(0..<6) == Samples.documents(0..<6))
    }
  }
}
