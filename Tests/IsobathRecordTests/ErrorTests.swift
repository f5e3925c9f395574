// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import Testing

@Suite struct ErrorTests {
  /// SQLite's result codes: https://www.sqlite.org/rescode.html
  @Test(arguments: [
    (13, RecordError.cannotWrite(path: "f", .noSpace)),
    (8, .cannotWrite(path: "f", .readOnly)),
    (1032, .cannotWrite(path: "f", .readOnly)),
    (3, .cannotWrite(path: "f", .denied)),
    (10, .cannotWrite(path: "f", .device("m"))),
    (1034, .cannotWrite(path: "f", .device("m"))),
    (14, .cannotCreate(path: "f", .device("m"))),
    (5, .busy(path: "f")),
    (517, .busy(path: "f")),
    (6, .busy(path: "f")),
    (26, .foreign(path: "f")),
    (11, .damaged(path: "f", "m")),
    (267, .damaged(path: "f", "m")),
    (1, .sqlite(path: "f", code: 1, "m")),
  ])
  func sqliteErrorsBecomeOurs(code: Int, error: RecordError) {
    #expect(RecordError(sqlite: Int32(code), "m", path: "f") == error)
  }

  @Test(arguments: [
    RecordError.cannotWrite(path: "f", .noSpace), .cannotWrite(path: "f", .quota),
    .cannotCreate(path: "f", .readOnly), .cannotCreate(path: "f", .denied),
    .cannotRead(path: "f", .tooLarge(limit: 9)), .busy(path: "f"), .foreign(path: "f"),
    .damaged(path: "f", "m"), .locked(folder: "f", holder: nil),
    .newer(path: "f", found: 3, supported: 1), .notARun(folder: "f", missing: "run.json"),
    .sqlite(path: "f", code: 1, "m"), .manifest(path: "f", .notAManifest),
  ])
  func everyErrorIsOneSentenceThatNamesTheFile(error: RecordError) {
    let said = "\(error)"
    #expect(said.contains("'f'"))
    #expect(!said.contains("\n") && !said.contains("  ") && !said.hasSuffix("."), "\(said)")
  }
}
