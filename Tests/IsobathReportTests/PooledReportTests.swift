// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathReport
import IsobathTestSupport
import Testing

/// What a report says of a whole corpus, from runs that have pooled rows and from those that have not.
@Suite struct PooledReportTests {
  private static func report(_ run: PooledRun) throws -> Report {
    try Report(ReportData(run.reader(), resamples: 200, threads: 2))
  }

  /// The report's text without its line breaks.
  private static func unwrapped(_ report: Report) -> String {
    report.files[0].text.replacing("\n", with: " ")
  }

  @Test func everyFigure() throws {
    let report = try Self.report(PooledRun())
    let text = Self.unwrapped(report)
    let wanted = [
      "corpus-by-depth", "enough-documents", "across-documents", "layer-similarity",
      "views-by-depth",
    ]
    for name in wanted {
      let figure = try #require(report.files.first { $0.path == "figures/\(name).svg" })
      #expect(figure.text.contains("<title") && figure.text.contains("<desc"))
      #expect(!figure.text.contains("NaN") && text.contains("](figures/\(name).svg)"))
    }
    for title in ["The whole corpus at once", "Which layers are alike", "Telling documents apart"] {
      #expect(text.contains("## \(title)"))
    }
    #expect(text.contains("below 3 a pooled entropy says more of the number of documents"))
  }

  /// What is not there is not drawn, and what few documents cannot tell is not said.
  @Test func runsWithLess() throws {
    let bare = try Self.report(PooledRun(positions: [], hasViews: false))
    let paths = Set(bare.files.map(\.path))
    #expect(paths.contains("figures/corpus-by-depth.svg"))
    #expect(!paths.contains("figures/views-by-depth.svg"))
    #expect(!paths.contains("figures/across-documents.svg"))
    #expect(!Self.unwrapped(bare).contains("## Telling documents apart"))
    let few = try Self.report(PooledRun(documents: 3))
    #expect(!few.files.contains { $0.path == "figures/layer-similarity.svg" })
    #expect(!few.files.contains { $0.path == "figures/enough-documents.svg" })
    #expect(!Self.unwrapped(few).contains("NaN"))
    let many = try Self.report(PooledRun(documents: 160, hasViews: false))
    #expect(!Self.unwrapped(many).contains("below 3 a pooled entropy"))
  }

  /// What chance alone would give is not called a valley.
  @Test func aFlatCurveHasNoValley() throws {
    let flat = Self.unwrapped(try Self.report(PooledRun(hasViews: false, isCurved: false)))
    #expect(flat.contains("and nowhere below both beyond doubt"))
    // All of the first half are alike, and all of the second.
    #expect(flat.contains("fall into 2 groups: 0 to 4, 5 to 8 blocks"))
  }

  /// The made-up layers follow other axes from the fifth on: no group reaches across.
  @Test func groupsOfLayers() throws {
    let curved = Self.unwrapped(try Self.report(PooledRun()))
    let count = try #require(
      curved.firstMatch(of: /fall into (\d+) groups: ([^.]*) blocks/))
    let groups = count.output.2.split(separator: ", ").map { group in
      group.split(separator: " to ").compactMap { Int($0) }
    }
    #expect(groups.count == Int(count.output.1))
    #expect(groups.first?.first == 0 && groups.last?.last == 8)
    #expect(groups.contains { $0.last == 4 } && groups.contains { $0.first == 5 })
    for (one, next) in zip(groups, groups.dropFirst()) {
      #expect(next[0] == one[one.count - 1] + 1)
    }
  }

  /// Every number of the finding stands in the rows.
  @Test func theFindingAgreesWithTheRows() throws {
    let data = try ReportData(PooledRun().reader(), resamples: 200, threads: 2)
    let rows = data.answers.filter {
      $0.analysis == "pooled-mean" && $0.measure == "entropy" && $0.preparation == "paper"
        && $0.site.hasPrefix("residual.")
    }
    let lowest = try #require(rows.min { ($0.estimate ?? 9) < ($1.estimate ?? 9) })
    let estimate = try #require(lowest.estimate)
    let block = lowest.site.dropFirst("residual.".count)
    let text = Self.unwrapped(try Report(data))
    #expect(
      text.contains("lowest after \(block) of 8 blocks (\(String(format: "%.2f", estimate))"))
  }
}
