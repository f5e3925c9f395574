// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathTestSupport
import Testing

@testable import IsobathReport

@Suite struct ScalingReportTests {
  private func report() throws -> ScalingReport {
    let study = ScalingStudy(try AnalysisOptions(seed: 1))
    let ladders = PublishedTables.all.map { (ladder: $0.ladder, answers: study.answers($0.ladder)) }
    return try ScalingReport(ladders, intervals: nil)
  }

  @Test func theFindingNamesTheDenominator() throws {
    let report = try report()
    let first = try #require(report.findings.first)
    #expect(first.contains("it rises on 5 of 7 corpora (dolly-15k: 3.97 → 4.15 nats)"))
    #expect(first.contains("correlation 0.975 to 0.998"))
    #expect(first.contains("most of the published law is its denominator"))
    #expect(report.findings.count == 4)
  }

  @Test func everyFigureIsShownAndWritten() throws {
    let report = try report()
    let page = try #require(report.files.first { $0.path == "README.md" }?.text)
    let figures = report.files.filter { $0.path.hasSuffix(".svg") }
    #expect(figures.count == 15 && Set(figures.map(\.path)).count == 15)
    for figure in figures { #expect(page.contains(figure.path)) }
    #expect(!page.contains(" nan ") && !page.contains(" inf "))
  }
}
