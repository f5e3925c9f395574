// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// Makes a ladder of runs of the same documents through models of several sizes.
package struct RunLadder {
  private let runs: [ScalingRun]
  /// The untrained twin of each run; empty when none was given.
  private let twins: [ScalingRun]
  private let preparation: String
  private let places: [ScalingPlace]

  /// - Parameters:
  ///   - readers: one run for each size, in any order.
  ///   - untrained: runs of untrained models, one for each size, for Diff-eRank; or none.
  ///   - preparation: of the states; the first run's main one when nil.
  ///   - shares: relative depths, 0 … 1, to look at beside the last states.
  package init(
    _ readers: [RunReader], untrained: [RunReader] = [], preparation: String? = nil,
    shares: [Double] = []
  ) throws(ScalingError) {
    guard readers.count >= SizeLaw.fewestSizes else { throw .fewRuns(readers.count) }
    if let bad = shares.first(where: { !(0...1).contains($0) }) { throw .share(bad) }
    var runs: [ScalingRun] = []
    for reader in readers { runs.append(try ScalingRun(reader)) }
    runs.sort { ($0.parameters, $0.folder) < ($1.parameters, $1.folder) }
    for (index, run) in runs.enumerated() {
      if let twice = runs[..<index].first(where: { $0.hasWeights(of: run) }) {
        throw .sameModel(twice.folder, run.folder)
      }
    }
    self.runs = runs
    twins = try Self.twins(of: runs, untrained)
    let reference = runs[0]
    for run in runs + twins {
      guard let (document, why) = run.difference(from: reference) else { continue }
      throw .otherDocuments(
        run: run.folder, reference: reference.folder, document: document, why: why)
    }
    self.preparation = preparation ?? reference.preparations.first ?? "paper"
    places = [.last] + shares.map { .share($0) }
  }

  /// The ladder, with every series that the runs allow.
  package func ladder() throws(ScalingError) -> SizeLadder {
    var series: [ScaledSeries] = []
    for place in places { series += try self.series(at: place) }
    series += losses
    return SizeLadder(
      family: family, models: runs.map(\.model), series: series,
      source: "\(runs.count) runs of \(runs[0].documents.count) documents of \(corpus)",
      notes: notes)
  }

  private var corpus: String { runs[0].subject.corpus }

  private var family: String {
    let names = runs.map(\.reader.manifest.inputs.family)
    return Set(names).sorted().joined(separator: " and ")
  }

  private var notes: [String] {
    var notes: [String] = []
    if family.contains(" and ") {
      notes.append("the runs are of several families, \(family): one law need not hold for all")
    }
    for run in runs where !run.reader.isComplete {
      notes.append(
        "\(run.subject.model): \(run.reader.completed) of "
          + "\(run.reader.manifest.inputs.documents) documents are in its run")
    }
    if Set(runs.map { $0.subject.width }).count == 1 {
      notes.append("all models have the same width: ln d is no denominator that could matter")
    }
    return notes
  }

  private func series(at place: ScalingPlace) throws(ScalingError) -> [ScaledSeries] {
    var own: [[(entropy: Double, deficit: Double)?]] = []
    for run in runs { own.append(try run.entropies(at: place, preparation: preparation)) }
    var other: [[(entropy: Double, deficit: Double)?]] = []
    for run in twins { other.append(try run.entropies(at: place, preparation: preparation)) }
    let kept = (own[0].indices).filter { index in (own + other).allSatisfy { $0[index] != nil } }
    guard !kept.isEmpty else { throw .noValues(place: place.name) }
    func rows(_ table: [[(entropy: Double, deficit: Double)?]]) -> [[Double]] {
      table.map { row in kept.compactMap { row[$0]?.entropy } }
    }
    let entropies = rows(own)
    let deficits = own.map { row in kept.compactMap { row[$0]?.deficit } }
    var series = [
      made(.published, place.name, entropies, kept), made(.entropy, place.name, entropies, kept),
      made(.deficit, place.name, deficits, kept),
      made(.effectiveRank, place.name, entropies, kept),
    ]
    if !twins.isEmpty {
      let pairs = zip(rows(other), entropies).flatMap { [$0, $1] }
      series.append(made(.diffErank, place.name, pairs, kept))
    }
    return series
  }

  /// Loss, and its fall from the untrained model, over the documents that have it in every run.
  private var losses: [ScaledSeries] {
    let kept = runs[0].documents.indices.filter { index in
      (runs + twins).allSatisfy { $0.documents[index].loss != nil }
    }
    guard !kept.isEmpty else { return [] }
    func rows(_ runs: [ScalingRun]) -> [[Double]] {
      runs.map { run in kept.compactMap { run.documents[$0].loss } }
    }
    var series = [made(.loss, "", rows(runs), kept)]
    if !twins.isEmpty {
      let pairs = zip(rows(twins), rows(runs)).flatMap { [$0, $1] }
      series.append(made(.reducedLoss, "", pairs, kept))
    }
    return series
  }

  private func made(
    _ quantity: ScaledQuantity, _ place: String, _ rows: [[Double]], _ kept: [Int]
  ) -> ScaledSeries {
    let sources = kept.map { runs[0].documents[$0].source }
    return ScaledSeries(
      quantity, corpus: corpus, place: place, preparation: place.isEmpty ? "" : preparation,
      documents: ScaledDocuments(
        rows: rows, widths: runs.map { $0.subject.width },
        units: Units(sources: sources.map { $0.isEmpty ? nil : $0 }),
        missing: runs[0].documents.count - kept.count))
  }

  /// The untrained model of each run: of its family, blocks, width and parameters.
  private static func twins(
    of runs: [ScalingRun], _ untrained: [RunReader]
  ) throws(ScalingError) -> [ScalingRun] {
    guard !untrained.isEmpty else { return [] }
    var found = [ScalingRun?](repeating: nil, count: runs.count)
    for reader in untrained {
      let twin = try ScalingRun(reader)
      let place = runs.indices.first { found[$0] == nil && runs[$0].hasShape(of: twin) }
      guard let place else { throw .noTwin(run: reader.folder) }
      found[place] = twin
    }
    for (run, twin) in zip(runs, found) where twin == nil {
      throw .twinMissing(run: run.folder)
    }
    return found.compactMap { $0 }
  }
}

extension ScalingRun {
  fileprivate func hasShape(of other: ScalingRun) -> Bool {
    reader.manifest.inputs.family == other.reader.manifest.inputs.family
      && subject.blocks == other.subject.blocks && subject.width == other.subject.width
      && parameters == other.parameters
  }

  fileprivate func hasWeights(of other: ScalingRun) -> Bool {
    let mine = reader.manifest.inputs.files.map(\.digest.hex)
    return mine.sorted() == other.reader.manifest.inputs.files.map(\.digest.hex).sorted()
  }
}
