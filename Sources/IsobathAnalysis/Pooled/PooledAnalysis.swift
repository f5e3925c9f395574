// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathStatistics
import Synchronization

/// A question asked of all documents' pooled rows at once, answered in rows.
package protocol PooledAnalysis: Sendable {
  /// What the `analysis` column of its rows holds.
  var id: String { get }
  /// The name a reader sees.
  var title: String { get }
  /// What it computes, its formula and its source.
  var about: String { get }

  /// The answer; none when the run has no pooled rows of the kind, and rows whose note says why when
  /// there are too few.
  func rows(_ table: PooledTable, _ options: AnalysisOptions) throws(AnalysisError) -> [Record]
}

/// Every analysis of pooled rows, in the order in which a report needs them.
package let pooledAnalyses: [any PooledAnalysis] = [
  PooledEntropy.mean,
  PooledEntropy.last,
  PooledEntropy.positions,
  PooledSpectrum.mean,
  PooledSpectrum.last,
  PooledSpectrum.positions,
  PooledTokens(),
  PooledAdequacy(),
  PooledAdequacyCurve(),
  LayerSimilarity(),
  ViewsOfDocuments(),
]

/// Asks every analysis of `wanted` of a run's pooled rows.
///
/// - Returns: the answers in the order of exported files; none for a run without pooled rows.
package func analyse(
  _ table: PooledTable, _ options: AnalysisOptions,
  wanted: [any PooledAnalysis] = pooledAnalyses
) throws(AnalysisError) -> [Record] {
  var rows: [Record] = []
  for analysis in wanted { rows += try analysis.rows(table, options) }
  return rows.sortedForExport()
}

/// The preparations that pooled matrices are given, over documents: centred rows as they are, and the
/// paper's unit rows.
let pooledPreparations = [Preparation(centring: .tokens, rows: .asTheyAre), .paper]

/// `body(0) … body(tasks − 1)`, on several threads, in the order of the tasks.
///
/// - Throws: the error of the first task that failed, once all have ended.
func concurrently<Value: Sendable, Failure: Error>(
  _ tasks: Int, _ options: AnalysisOptions,
  _ body: @Sendable (Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
  let results = Mutex<[Int: Result<Value, Failure>]>([:])
  parallel(tasks, threads: options.threads) { task in
    let result: Result<Value, Failure>
    do throws(Failure) { result = .success(try body(task)) } catch { result = .failure(error) }
    results.withLock { $0[task] = result }
  }
  let found = results.withLock { $0 }.sorted { $0.key < $1.key }
  var values: [Value] = []
  for (_, result) in found { values.append(try result.get()) }
  return values
}

extension [String] {
  /// The notes that say something, in one text.
  var joinedNotes: String { filter { !$0.isEmpty }.joined(separator: "; ") }
}
