// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// The corrected entropies and the unbiased participation ratio of one sample of pooled rows.
struct PooledEstimates {
  let sample: PooledSample
  let effort: PooledEffort
  let options: AnalysisOptions
  /// What every note says.
  let common: [String]

  /// All rows.
  ///
  /// - Parameter blank: a row of a measure under a preparation, without a value.
  func rows(_ blank: (_ measure: any Measure, _ preparation: String) -> Record) -> [Record] {
    let entropy = VonNeumannEntropy()
    let ratio = ParticipationRatio()
    let gram: PooledGram
    do throws(MissingReason) { gram = try PooledGram(sample.states) } catch {
      return pooledPreparations.map { missing(blank(entropy, $0.id), error) }
    }
    var rows: [Record] = []
    for preparation in pooledPreparations {
      let row = blank(entropy, preparation.id)
      do throws(MissingReason) {
        rows.append(
          try corrected(row) { (documents) throws(MissingReason) in
            try gram.entropy(preparation, documents)
          })
      } catch { rows.append(missing(row, error)) }
    }
    let row = blank(ratio, pooledPreparations[0].id)
    do throws(MissingReason) {
      let found = try interval(around: nil) { (documents) throws(MissingReason) in
        try gram.participationRatio(documents: documents)
      }
      rows.append(filled(row, found, notes: ["unbiased"]))
    } catch { rows.append(missing(row, error)) }
    return rows
  }

  /// 2H(N) − mean H(N/2) with the jackknife's width.
  private func corrected(
    _ row: Record, _ entropy: (_ documents: [Int]) throws(MissingReason) -> Double
  ) throws(MissingReason) -> Record {
    let units = sample.units
    // A half of three documents can be one, which centring leaves nothing of.
    guard sample.documents.count > 3 else { throw .tooFew }
    let stream = RandomStream(seed: options.seed, purpose: "pooled halves", group: "documents")
    let correction = try HalfSampleCorrection.of(
      items: units.count, splits: effort.splits, stream: stream
    ) { (chosen) throws(MissingReason) in
      try entropy(units.documents(of: chosen))
    }
    guard let correction else { throw .tooFew }
    let found = try interval(around: correction.corrected, entropy)
    return filled(row, found, notes: [])
  }

  /// The jackknife around a value, or around the statistic of all documents.
  private func interval(
    around centre: Double?, _ statistic: (_ documents: [Int]) throws(MissingReason) -> Double
  ) throws(MissingReason) -> PooledValue {
    guard effort.blocks > 0 else {
      if let centre { return PooledValue(estimate: centre) }
      return PooledValue(estimate: try statistic(Array(sample.documents.indices)))
    }
    let blocks = BlockJackknife(contiguous: sample.units, blocks: effort.blocks)
    let found = try blocks.interval(around: centre, level: options.level) {
      (block) throws(MissingReason) in try statistic(blocks.kept(without: block))
    }
    return PooledValue(
      estimate: found.estimate, low: found.low, high: found.high,
      notes: [found.low == nil ? "" : "\(found.blocks) blocks", found.note])
  }

  private func filled(_ row: Record, _ found: PooledValue, notes: [String]) -> Record {
    var row = row
    row.estimate = found.estimate
    row.low = found.low
    row.high = found.high
    row.level = found.low == nil ? nil : options.level
    row.n = sample.documents.count
    row.note = (notes + common + found.notes).joinedNotes
    return row
  }

  private func missing(_ row: Record, _ reason: MissingReason) -> Record {
    var row = row
    row.n = sample.documents.count
    row.note = ([reason.forDocuments] + common).joinedNotes
    return row
  }
}

/// A pooled value and its interval, if it has one.
private struct PooledValue {
  var estimate: Double?
  var low: Double?
  var high: Double?
  var notes: [String] = []
}

extension PooledGram {
  /// H of some documents' rows.
  func entropy(_ preparation: Preparation, _ documents: [Int]? = nil) throws(MissingReason)
    -> Double
  {
    let spectrum = try spectrum(preparation, documents: documents)
    guard let value = VonNeumannEntropy()(spectrum) else { throw .tooFew }
    return value
  }
}

extension MissingReason {
  /// The reason where rows are documents.
  var forDocuments: String {
    switch self {
    case .noTokens: "no document has a row"
    case .oneToken: "one document: centring leaves nothing"
    case .allEqual: "all documents have equal rows"
    case .allZero: "a document's row is zero, or all are"
    case .tooFew: "too few documents for this measure"
    case .notFinite: "a row is too long for its square to be a number"
    case .specialUnknown, .maskedOut, .noNextToken, .noConvergence: rawValue
    }
  }
}
