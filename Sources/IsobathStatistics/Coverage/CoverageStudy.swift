// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Simulations of how often each interval holds the truth and each test rejects it wrongly.
///
/// Every sample has a random stream of its own, named after its group, setting and number: a row is
/// the same whichever other rows are asked for and on however many threads.
package struct CoverageStudy: Sendable {
  package let seed: UInt64
  /// Threads at work; 0 means all cores. No result depends on it.
  package let threads: Int

  package init(seed: UInt64 = 2024, threads: Int = 0) {
    self.seed = seed
    self.threads = threads
  }

  /// All groups, in the order of the table.
  package static let groups: [CoverageGroup] = [
    meanCoverage, clusterCoverage, pooledCoverage, pooledBootstrapCoverage, bandCoverage,
    signFlipCoverage, pairedCoverage, equivalenceCoverage, lowestCoverage, correlationCoverage,
    adequacyCoverage,
  ]

  /// All rows of a group: experiment after experiment, claim after claim.
  ///
  /// - Parameter share: of the replicates of the full table, 1 being all of them.
  package func rows(of group: CoverageGroup, share: Double = 1) -> [CoverageRow] {
    precondition(
      share > 0 && share <= 1, "a share of the replicates lies in (0, 1], not at \(share)")
    return group.experiments.flatMap { experiment in
      let count = max(1, Int((Double(experiment.replicates) * share).rounded()))
      return rows(of: experiment, in: group, replicates: count)
    }
  }

  /// The rows of one experiment, one per claim.
  package func rows(
    of experiment: CoverageExperiment, in group: CoverageGroup, replicates: Int
  ) -> [CoverageRow] {
    let tally = Mutex([Tally](repeating: Tally(), count: group.claims.count))
    parallel(replicates, threads: threads) { replicate in
      let stream = RandomStream(
        seed: seed, purpose: "coverage", group: "\(group.id)/\(experiment.name)/\(replicate)")
      let outcomes = experiment.trial(stream)
      precondition(outcomes.count == group.claims.count, "\(group.id): one outcome per claim")
      tally.withLock { tally in
        for (claim, outcome) in outcomes.enumerated() { tally[claim].add(outcome) }
      }
    }
    return zip(group.claims, tally.withLock { $0 }).map { claim, tally in
      CoverageRow(
        group: group.id, experiment: experiment.name, claim: claim, replicates: replicates,
        held: tally.held, missing: tally.missing)
    }
  }

  private struct Tally {
    var held = 0
    var missing = 0

    mutating func add(_ outcome: CoverageOutcome) {
      switch outcome {
      case .held: held += 1
      case .missed: break
      case .none: missing += 1
      }
    }
  }
}
