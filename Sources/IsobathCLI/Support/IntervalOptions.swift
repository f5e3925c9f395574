// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathAnalysis
import IsobathStatistics

/// How the intervals of an analysis are made.
struct IntervalOptions: ParsableArguments {
  @Option(help: "Bootstrap resamples, 100 to 200000 (default: 10000, or 2000 of fits).")
  var resamples: Int?
  @Option(help: "Level of the intervals.")
  var level = 0.95
  @Option(help: "How intervals are made: bca, percentile, basic or studentised.")
  var interval: IntervalMethod = .bca

  func validate() throws { _ = try options(seed: 1, threads: 0) }

  /// - Parameter usual: resamples where none were asked for.
  func options(seed: UInt64, threads: Int, usual: Int = 10_000) throws -> AnalysisOptions {
    do throws(AnalysisError) {
      return try AnalysisOptions(
        seed: seed, level: level, resamples: resamples ?? usual, method: interval, threads: threads)
    } catch { throw ValidationError("\(error)") }
  }
}
