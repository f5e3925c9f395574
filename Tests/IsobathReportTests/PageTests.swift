// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathRecord
import IsobathTestSupport
import Testing

@testable import IsobathReport

/// The page of a report, whatever the report is about.
@Suite struct PageTests {
  private func check(_ files: [Report.File], figures: Int) throws {
    let page = try #require(files.first { $0.path == "report.html" }?.text)
    let readme = try #require(files.first { $0.path == "README.md" }?.text)
    let elements = try MarkupReader(page).elements
    let names = elements.map(\.name)
    #expect(names.filter { $0 == "figure" }.count == figures)
    #expect(names.filter { $0 == "script" }.count == 2 * figures + 1)
    #expect(!names.contains("img"))
    #expect(elements.allSatisfy { $0.attributes.keys.allSatisfy { !$0.hasPrefix("on") } })
    let sections = readme.split(separator: "\n").filter { $0.hasPrefix("## ") }.count
    #expect(names.filter { $0 == "h2" }.count == sections)
    let ids = elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    print("report.html of \(figures) figures: \(page.utf8.count / 1000) kB")
    #expect(page.utf8.count < 1_500_000)
  }

  @Test func ofARun() throws {
    let run = Fixtures.root.appending(path: "Reports/offline/run").path(percentEncoded: false)
    let report = try Report(ReportData(RunReader(folder: run), resamples: 200, threads: 2))
    try check(report.files, figures: 11)
  }

  @Test func ofPublishedTables() throws {
    let study = ScalingStudy(try AnalysisOptions(seed: 1))
    let ladders = PublishedTables.all.map { (ladder: $0.ladder, answers: study.answers($0.ladder)) }
    try check(ScalingReport(ladders, intervals: nil).files, figures: 15)
  }

  /// A model's name comes from a file that anyone may have written.
  @Test func hostileName() throws {
    let name = "</script><img src=x onerror=alert(1)>\u{202E}"
    let answer = study(name)
    let page = try #require(
      try ScalingReport([answer], intervals: nil).files.first { $0.path == "report.html" }?.text)
    let elements = try MarkupReader(page).elements
    #expect(!elements.contains { $0.name == "img" })
    #expect(!page.contains("\u{202E}") && page.contains("&lt;/script&gt;&lt;img"))
  }

  private func study(_ name: String) -> (ladder: SizeLadder, answers: [ScalingAnswer]) {
    (SizeLadder(family: name, models: [], series: [], source: name, notes: [name]), [])
  }
}
