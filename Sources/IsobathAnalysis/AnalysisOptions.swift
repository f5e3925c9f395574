// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics

/// What an analysis must be told beside the rows.
package struct AnalysisOptions: Sendable, Equatable {
  package let seed: UInt64
  /// The nominal coverage of every interval.
  package let level: Double
  /// B, the number of bootstrap resamples.
  package let resamples: Int
  package let method: IntervalMethod
  /// Threads at work; 0 means all cores. No result depends on it.
  package let threads: Int
  /// A position of a text is reported when at least this many documents reach it, or all do.
  package let fewestAtPosition: Int

  package static let resampleCounts = 100...200_000

  package init(
    seed: UInt64, level: Double = 0.95, resamples: Int = 10_000, method: IntervalMethod = .bca,
    threads: Int = 0, fewestAtPosition: Int = 15
  ) throws(AnalysisError) {
    guard level >= 0.5, level <= 0.999 else { throw .level(level) }
    guard Self.resampleCounts.contains(resamples) else { throw .resamples(resamples) }
    guard threads >= 0 else { throw .threads(threads) }
    self.seed = seed
    self.level = level
    self.resamples = resamples
    self.method = method
    self.threads = threads
    self.fewestAtPosition = fewestAtPosition
  }

  /// The bootstrap over these units: the same number of units gives the same resamples, whatever is
  /// measured on them.
  func bootstrap(over units: Units) -> Bootstrap {
    let stream = RandomStream(seed: seed, purpose: "bootstrap", group: "documents")
    return Bootstrap(
      units: units,
      resamples: Resamples(documents: units.count, count: resamples, stream: stream),
      method: method, level: level, threads: threads)
  }
}
