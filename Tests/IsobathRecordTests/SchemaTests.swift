// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathTestSupport
import Testing

/// SCHEMA.md says what is true.
@Suite struct SchemaTests {
  private let text: String
  private let folder: URL

  init() throws {
    let file = Fixtures.root.appending(path: "Sources/IsobathRecord/SCHEMA.md")
    text = try String(contentsOf: file, encoding: .utf8)
    folder = try Fixtures.temporaryFolder()
    let writer = try RunWriter(
      folder: folder.path(percentEncoded: false), manifest: Samples.manifest(),
      sites: Samples.sites)
    try writer.write(batch: Samples.documents(0..<4))
    try writer.close()
  }

  private func block(_ language: String) throws -> String {
    let start = try #require(text.range(of: "```\(language)\n"))
    let end = try #require(text.range(of: "```", range: start.upperBound..<text.endIndex))
    return String(text[start.upperBound..<end.lowerBound])
  }

  @Test func theStatementsAreThoseOfAStore() throws {
    let script = """
      import sqlite3
      rows = sqlite3.connect("run.sqlite").execute(
          "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
      print("\\n\\n".join(row[0] + ";" for row in rows))
      """
    let outcome = try Python.run(["-c", script], in: folder)
    let statements = try block("sql")
    #expect(outcome.output == statements)
  }

  /// Document k has k + 1 equal eigenvalues at every site: its entropy is ln(k + 1).
  @Test func theProgramGivesTheClosedForm() throws {
    let outcome = try Python.run(["-c", try block("python"), "."], in: folder)
    #expect(outcome.status == 0, "\(outcome.output)")
    let expected = (1...4).map { log(Double($0)) }.reduce(0, +) / 4
    let worst = WorstError("entropy by SCHEMA.md", tolerance: Tolerances.storedEntropy)
    let lines = outcome.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.map { $0[0] } == ["residual.0", "residual.1", "residual.2", "final-norm"])
    for line in lines {
      #expect(line[1] == "4")
      worst.record(try #require(Double(line[2])) - expected, at: String(line[0]))
    }
    worst.check()
  }
}
