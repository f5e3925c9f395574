// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathReport
import IsobathTestSupport
import Testing

/// The committed report is what the code makes of the committed run, byte for byte.
@Suite struct CommittedReportTests {
  private let run = Fixtures.root.appending(path: "Reports/offline/run").path(percentEncoded: false)

  @Test func everyFile() throws {
    let report = try Report(ReportData(RunReader(folder: run), threads: 2))
    #expect(report.files.count == 14)
    for file in report.files {
      let committed = try String(
        contentsOf: Fixtures.root.appending(path: "Reports/offline/\(file.path)"), encoding: .utf8)
      #expect(
        file.text == committed,
        "Reports/offline/\(file.path) is stale: run Scripts/regenerate and read the difference")
    }
  }

  /// No figure needs what GitHub strips, and each says what it shows.
  @Test func figures() throws {
    let report = try Report(ReportData(RunReader(folder: run), resamples: 200, threads: 2))
    for file in report.files where file.path.hasSuffix(".svg") {
      #expect(file.text.contains("<title") && file.text.contains("<desc"))
      for forbidden in ["<script", "<style", "foreignObject", "<filter", "href=\"http"] {
        #expect(!file.text.contains(forbidden), "\(file.path) has \(forbidden)")
      }
      let alternative = report.files[0].text.contains("](\(file.path))")
      #expect(alternative, "\(file.path) is not in the report")
    }
  }

  /// The finding's numbers are the table's.
  @Test func theFindingAgreesWithTheRows() throws {
    let data = try ReportData(RunReader(folder: run), threads: 2)
    let report = try Report(data)
    let fall = try #require(
      data.answers.first {
        $0.analysis == "fall" && $0.measure == "entropy" && $0.preparation == "paper"
      })
    let estimate = try #require(fall.estimate)
    #expect(report.finding.contains(String(format: "%.2f", abs(estimate))))
    #expect(report.files[0].text.contains(report.finding.prefix(60)))
  }
}
