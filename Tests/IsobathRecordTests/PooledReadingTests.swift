// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathTestSupport
import Testing

/// Pooled rows read across documents.
@Suite struct PooledReadingTests {
  private let folder: URL
  private var path: String { folder.path(percentEncoded: false) }

  /// Six documents: `mean` at two sites, which document 2 lacks at the second, and `at.4` at one.
  init() throws {
    folder = try Fixtures.temporaryFolder()
    let writer = try RunWriter(
      folder: folder.path(percentEncoded: false), manifest: Samples.manifest(),
      sites: Samples.sites)
    for number in 0..<6 {
      var row = Samples.document(number)
      row.pooled = [PooledRow(site: 0, kind: "mean", state: [Float(number), 1])]
      if number != 2 { row.pooled.append(PooledRow(site: 3, kind: "mean", state: [2, 3, 4])) }
      if number > 3 { row.pooled.append(PooledRow(site: 3, kind: "at.4", state: [5])) }
      try writer.write(batch: [row])
    }
    try writer.close()
  }

  private func sql(_ statements: String) throws {
    let script =
      "import sqlite3, sys; c = sqlite3.connect('run.sqlite'); c.executescript(sys.argv[1])"
    let outcome = try Python.run(["-c", script, statements], in: folder)
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test func inTheOrderOfDocuments() throws {
    let run = try RunReader(folder: path)
    let first = try run.pooled(site: 0, kind: "mean")
    #expect(first.map(\.document) == Array(0..<6))
    #expect(first.map(\.row.state) == (0..<6).map { [Float($0), 1] })
    let last = try run.pooled(site: 3, kind: "mean")
    #expect(last.map(\.document) == [0, 1, 3, 4, 5])
    #expect(last.allSatisfy { $0.row.kind == "mean" && $0.row.site == 3 })
    #expect(try run.pooled(site: 1, kind: "mean").isEmpty)
    #expect(try run.pooled(site: 3, kind: "x'; DROP TABLE pooled").isEmpty)
    let kinds = try run.pooledKinds().map { "\($0.site) \($0.kind)" }
    #expect(kinds == ["0 mean", "3 at.4", "3 mean"])
  }

  @Test func ofARunThatIsBeingWritten() throws {
    let other = try Fixtures.temporaryFolder().path(percentEncoded: false)
    let writer = try RunWriter(
      folder: other, manifest: Samples.manifest(), sites: Samples.sites)
    #expect(try RunReader(folder: other).pooledKinds().isEmpty)
    try writer.write(batch: Samples.documents(0..<2))
    let run = try RunReader(folder: other)
    try writer.write(batch: Samples.documents(2..<4))
    #expect(try run.pooled(site: 2, kind: "mean").map(\.document) == [0, 1])
    try writer.close()
  }

  @Test(
    "damaged rows are refused by name",
    arguments: [
      ("UPDATE pooled SET state = x'00' WHERE document = 1", "a pooled state is cut short"),
      ("UPDATE pooled SET state = x'' WHERE site = 0", "unlike lengths"),
      ("UPDATE pooled SET state = x'00000000' WHERE document = 4", "unlike lengths"),
      ("UPDATE pooled SET state = x'0000807F' WHERE document = 4", "is not finite"),
      (
        "PRAGMA foreign_keys = OFF; UPDATE pooled SET site = 9 WHERE kind = 'at.4'",
        "a pooled names a site that the run lacks"
      ),
    ])
  func damaged(_ statement: String, _ sentence: String) throws {
    try sql(statement)
    let run = try RunReader(folder: path)
    let error = #expect(throws: RecordError.self) {
      _ = try run.pooledKinds()
      for site in run.sites.indices { _ = try run.pooled(site: site, kind: "mean") }
    }
    #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
  }
}
