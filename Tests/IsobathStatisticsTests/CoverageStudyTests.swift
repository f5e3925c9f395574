// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics
import IsobathTestSupport
import Testing

/// What each interval and test claims, on fewer samples than `Reports/coverage` has.
@Suite struct CoverageStudyTests {
  /// One cell of the table, and between which shares it must lie.
  struct Cell: Sendable, CustomTestStringConvertible {
    let group, experiment, claim: String
    let shares: ClosedRange<Double>
    let replicates: Int
    var testDescription: String { "\(group): \(experiment), \(claim)" }

    init(
      _ group: String, _ experiment: String, _ claim: String, _ shares: ClosedRange<Double>,
      _ replicates: Int
    ) {
      (self.group, self.experiment, self.claim) = (group, experiment, claim)
      (self.shares, self.replicates) = (shares, replicates)
    }
  }

  /// The shares are what the method is known to reach: nominal ± 3 points where that can be had,
  /// else what `Reports/coverage` measured. Monte-Carlo error comes on top.
  static let cells = [
    Cell("means", "normal, n = 15", "studentised", 0.92...0.98, 500),
    Cell("means", "left-skewed, n = 30", "studentised", 0.92...0.98, 500),
    Cell("means", "left-skewed, n = 120", "bca", 0.92...0.98, 300),
    Cell("means", "Student's t₃, n = 30", "jackknife", 0.92...0.98, 500),
    Cell("means", "lognormal, n = 10", "percentile", 0.70...0.86, 500),
    Cell("clusters", "40 sources of 4", "bca of sources", 0.92...0.98, 400),
    Cell("clusters", "20 sources of 1 to 9", "studentised of sources", 0.92...0.98, 400),
    Cell("clusters", "40 sources of 100", "bca of parts", 0.10...0.22, 60),
    Cell("pooled", "N = 50, d = 64", "half-sample", 0.77...0.85, 150),
    Cell("pooled", "N = 50, d = 64", "plain", 0...0.02, 20),
    Cell("pooled", "N = 200, d = 64", "half-sample", 0.92...0.98, 40),
    Cell("bands", "normal, n = 15", "max-t band", 0.92...0.98, 400),
    Cell("bands", "left-skewed, n = 30", "max-t band", 0.92...0.98, 400),
    Cell("bands", "normal, n = 30", "bca at each site", 0.40...0.75, 400),
    Cell("permutation", "normal, n = 10", "at one site", 0.03...0.06, 500),
    Cell("permutation", "normal, n = 10", "max-t, step-down", 0.03...0.06, 500),
    Cell("permutation", "Student's t₃, n = 30", "max-t, single step", 0.03...0.06, 300),
    Cell("permutation", "Student's t₃, n = 30", "at any site", 0.25...0.55, 300),
    Cell("permutation", "normal, n = 30", "BH", 0...0.05, 300),
    Cell("equivalence", "normal, n = 10", "TOST", 0.04...0.06, 4000),
    Cell("equivalence", "normal, n = 30", "its interval", 0.89...0.91, 4000),
    Cell("lowest", "flat, c = 0.01, n = 30", "could be lowest", 0.93...1, 100),
    Cell("lowest", "steep, c = 0.1, n = 30", "interval", 0.93...1, 100),
    Cell("lowest", "flat, c = 0.01, n = 15", "likely rows", 0.35...0.75, 100),
    Cell("correlation", "ρ = 0.7, L = 40", "circular shifts", 0.02...0.07, 500),
    Cell("correlation", "ρ = 0.7, L = 40", "block orders", 0.03...0.10, 500),
    Cell("correlation", "ρ = 0.9, L = 40", "t-test", 0.25...0.60, 500),
    Cell("adequacy", "mean, left-skewed, N = 120", "H(N) ± x", 0.92...0.98, 500),
  ]

  @Test("shares are what they are said to be", arguments: cells)
  func share(_ cell: Cell) throws {
    try check(try Self.rows(cell.group, cell.experiment, cell.replicates), cell)
  }

  /// Both resampling intervals lie below the truth.
  @Test func aPooledEntropyCannotBeBootstrapped() throws {
    let rows = try Self.rows("pooled-bootstrap", "N = 50, d = 64", 20)
    for method in ["percentile", "bca"] {
      let row = try #require(rows.first { $0.claim.name == method })
      #expect(row.held == 0, "\(method)")
    }
  }

  private func check(_ rows: [CoverageRow], _ cell: Cell) throws {
    let row = try #require(rows.first { $0.claim.name == cell.claim })
    let share = try #require(row.share)
    let nearest = min(max(share, cell.shares.lowerBound), cell.shares.upperBound)
    let worst = WorstError(
      "\(cell.testDescription): \(share), to lie in \(cell.shares)",
      tolerance: Tolerances.simulated(nearest, row.replicates - row.missing))
    worst.record(share - nearest, at: "beyond it")
    worst.check()
  }

  private static func rows(
    _ group: String, _ experiment: String, _ replicates: Int
  ) throws -> [CoverageRow] {
    let group = try #require(CoverageStudy.groups.first { $0.id == group })
    let experiment = try #require(group.experiments.first { $0.name == experiment })
    return CoverageStudy(seed: 7).rows(of: experiment, in: group, replicates: replicates)
  }

  @Test("no row depends on the threads", arguments: [1, 3])
  func threads(_ threads: Int) throws {
    let group = try #require(CoverageStudy.groups.first { $0.id == "equivalence" })
    let rows = CoverageStudy(seed: 3, threads: threads).rows(of: group, share: 0.02)
    #expect(rows == CoverageStudy(seed: 3).rows(of: group, share: 0.02))
    #expect(rows != CoverageStudy(seed: 4, threads: threads).rows(of: group, share: 0.02))
    #expect(rows.count == group.experiments.count * group.claims.count)
  }

  /// The committed table is that of these experiments: the cheapest group is made again.
  @Test func theCommittedTableIsTheStudys() throws {
    let readme = Fixtures.root.appending(path: "Reports/coverage/README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    let study = CoverageStudy()
    for group in CoverageStudy.groups {
      let opening = "## \(group.title)\n\n\(group.about)\n"
      #expect(text.contains(opening), "\(group.id) is told otherwise")
      for experiment in group.experiments {
        let start = "| \(experiment.name) | \(experiment.replicates) |"
        #expect(text.contains(start), "\(group.id) has no row '\(start)'")
      }
    }
    let group = try #require(CoverageStudy.groups.first { $0.id == "equivalence" })
    let section = CoverageReport.section(group, study.rows(of: group))
    #expect(text.contains(section), "the committed section is not:\n\(section)")
    #expect(text.hasPrefix(CoverageReport(study, []).markdown))
  }

  @Test func cellsSayWhatIsMissing() {
    let claims = [CoverageClaim("bca", nominal: 0.95), CoverageClaim("other", nominal: nil)]
    let group = CoverageGroup(
      id: "x", title: "Title", about: "About.", claims: claims,
      experiments: [
        CoverageExperiment("setting", replicates: 4) { stream in
          [.none, CoverageOutcome(stream.uniform() < 2)]
        }
      ])
    let rows = CoverageStudy(seed: 1).rows(of: group)
    #expect(rows.map(\.missing) == [4, 0] && rows.map(\.held) == [0, 4])
    #expect(rows[0].share == nil && rows[1].share == 1)
    #expect(
      CoverageReport.section(group, rows) == """
        ## Title

        About.

        | setting | samples | bca (95) | other |
        | --- | ---: | ---: | ---: |
        | setting | 4 | none | 100.0 ± 18.6 |

        """)
  }
}
