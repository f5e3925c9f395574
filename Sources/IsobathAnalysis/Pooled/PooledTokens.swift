// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// The entropy of all tokens of the corpus in one matrix, from the moments that a survey has kept.
struct PooledTokens: PooledAnalysis {
  let id = "pooled-tokens"
  let title = "Pooled entropy of all tokens"
  let about = """
    The covariance of all tokens of all documents at each site, centred over all of them ('centred'), \
    and the second moment about the origin ('raw'), summed up as the survey went on (Chan, Golub & \
    LeVeque, 1979). Estimate: 2H − mean H of halves of the corpus' blocks of neighbouring documents (Quenouille 1949); \
    interval: the jackknife that leaves out one block after the other. Tokens of one document are not \
    independent: the number of documents decides how much is known, not n, the number of tokens.
    """

  private static let preparations: [Preparation] = [
    Preparation(centring: .tokens, rows: .asTheyAre),
    Preparation(centring: .none, rows: .asTheyAre),
  ]
  private static let splits = 2

  func rows(_ table: PooledTable, _ options: AnalysisOptions) throws(AnalysisError) -> [Record] {
    let sites = try table.momentSites()
    return try concurrently(sites.count, options) { (task) throws(AnalysisError) -> [Record] in
      let blocks = try table.moments(at: sites[task])
      return Self.preparations.map { preparation in
        row(
          blocks, preparation,
          table.row(
            self, site: sites[task], measure: VonNeumannEntropy(), preparation: preparation.id),
          options)
      }
    }.flatMap { $0 }
  }

  private func row(
    _ blocks: [RunningMoment], _ preparation: Preparation, _ blank: Record,
    _ options: AnalysisOptions
  ) -> Record {
    var row = blank
    row.n = blocks.reduce(0) { $0 + $1.count }
    let jackknife = BlockJackknife(contiguous: blocks.count, blocks: blocks.count)
    let entropy = { (chosen: [Int]) throws(MissingReason) -> Double in
      guard
        let value = VonNeumannEntropy()(
          try Self.sum(chosen.map { blocks[$0] }).spectrum(preparation.centring))
      else { throw .tooFew }
      return value
    }
    do throws(MissingReason) {
      let correction = try HalfSampleCorrection.of(
        items: blocks.count, splits: Self.splits,
        stream: RandomStream(seed: options.seed, purpose: "pooled halves", group: "blocks"), entropy
      )
      let found = try jackknife.interval(around: correction?.corrected, level: options.level) {
        (block) throws(MissingReason) in try entropy(jackknife.kept(without: block))
      }
      row.estimate = found.estimate
      row.low = found.low
      row.high = found.high
      row.level = found.low == nil ? nil : options.level
      let plain = correction.map { "uncorrected \($0.plain)" } ?? "not corrected: one block"
      row.note = ["\(blocks.count) blocks of documents", plain, found.note].joinedNotes
    } catch { row.note = error.rawValue }
    return row
  }

  private static func sum(_ blocks: [RunningMoment]) -> RunningMoment {
    blocks.dropFirst().reduce(into: blocks[0]) { $0.merge($1) }
  }
}
