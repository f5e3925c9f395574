// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord

/// What the spectrum of the documents × d matrix says as it is.
struct PooledSpectrum: PooledAnalysis {
  let id: String
  let title: String
  private let kinds: PooledKinds
  private let of: String

  static let mean = PooledSpectrum(
    id: "pooled-mean-plain", title: "Spectrum of documents' means, uncorrected",
    kinds: .kind("mean"), of: "pooled-mean")
  static let last = PooledSpectrum(
    id: "pooled-last-plain", title: "Spectrum of last tokens, uncorrected",
    kinds: .kind("last"), of: "pooled-last")
  static let positions = PooledSpectrum(
    id: "across-documents-plain", title: "Spectrum across documents at one position, uncorrected",
    kinds: .positions, of: "across-documents")

  var about: String {
    """
    The matrix of \(of), and its own entropy, null and ranks, without correction and without interval. \
    Biased: with few documents the small eigenvalues are missing, so the entropy lies far below that of \
    endless documents, and a bootstrap would make it worse (El Karoui & Purdom, arXiv 1608.00948). To \
    compare with other tools' "dataset entropy", and with the null at the same N and d.
    """
  }

  private static let measures: [any SpectralMeasure] = [
    VonNeumannEntropy(), NullEntropy(), Deficit(), EffectiveRankOfCovariance(),
    ParticipationRatio(),
  ]

  func rows(_ table: PooledTable, _ options: AnalysisOptions) throws(AnalysisError) -> [Record] {
    let kinds = kinds.found(in: table)
    let all = Array(Set(kinds.flatMap { table.sites($0.kind) })).sorted()
    let effort = PooledEffort(
      documents: table.documents, width: table.width, sites: all.count,
      matrices: kinds.count * pooledPreparations.count, budget: 1e11)
    let tasks = effort.thinned(all).flatMap { site in
      kinds.filter { table.sites($0.kind).contains(site) }.map { (site: site, kind: $0) }
    }
    return try concurrently(tasks.count, options) { (task) throws(AnalysisError) -> [Record] in
      let (site, kind) = tasks[task]
      let sample = try table.sample(kind.kind, at: site)
      guard kind.position == nil || sample.isWorthIt(options) else { return [] }
      return rows(sample) { measure, preparation in
        var row = table.row(self, site: site, measure: measure, preparation: preparation)
        row.position = kind.position
        row.n = sample.documents.count
        return row
      }
    }.flatMap { $0 }
  }

  private func rows(
    _ sample: PooledSample, _ blank: (_ measure: any Measure, _ preparation: String) -> Record
  ) -> [Record] {
    func missing(_ reason: MissingReason, _ preparation: Preparation) -> Record {
      var row = blank(VonNeumannEntropy(), preparation.id)
      row.note = ([reason.forDocuments] + sample.notes).joinedNotes
      return row
    }
    let gram: PooledGram
    do throws(MissingReason) { gram = try PooledGram(sample.states) } catch {
      return pooledPreparations.map { missing(error, $0) }
    }
    return pooledPreparations.flatMap { preparation in
      do throws(MissingReason) {
        let spectrum = try gram.spectrum(preparation)
        return Self.measures.map { measure in
          var row = blank(measure, preparation.id)
          row.estimate = measure(spectrum)
          row.note = sample.notes.joinedNotes
          return row
        }
      } catch { return [missing(error, preparation)] }
    }
  }
}
