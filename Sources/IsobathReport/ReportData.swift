// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// Everything that sections draw on: a run's manifest, its answers, and per-document values.
package struct ReportData: AnsweredRun, Sendable {
  package let manifest: RunManifest
  /// The sites in forward order.
  package let sites: [SiteRow]
  package let documents: Int
  /// What the analyses answered, in the order of exported files.
  package let answers: [Record]
  /// Each document's matrix entropy at each site, under the main preparation.
  let entropies: [Record]
  let spectra: [MeanSpectrum]
  /// What kinds of token carry, at the valley, the embedding and the last block.
  let census: [TokenCensus]
  /// Activations out of all proportion, the largest first.
  let massive: [MassiveFeature]
  /// What the first tokens of one document carry; nil for a run without contributions.
  let track: TokenTrack?
  /// The preparation that figures show: the run's first.
  package let preparation: String
  let seed: UInt64
  let level: Double
  let method: IntervalMethod

  /// Reads a run and asks every analysis.
  package init(
    _ run: RunReader, resamples: Int = 10_000, level: Double = 0.95,
    method: IntervalMethod = .bca, threads: Int
  ) throws {
    manifest = run.manifest
    sites = run.sites
    documents = run.completed
    preparation = run.manifest.mainPreparation
    seed = run.manifest.seed
    self.level = level
    self.method = method
    let orders = run.manifest.inputs.options.numbers("orders")
    let table = try RunTable(run, orders: orders)
    let options = try AnalysisOptions(
      seed: seed, level: level, resamples: resamples, method: method, threads: threads)
    let pooled = try analyse(PooledTable(run), options)
    answers = try (analyse(table.table(), options) + pooled).sortedForExport()
    var entropies: [Record] = []
    for page in table.pages {
      entropies += try table.rows(page).filter {
        $0.measure == "entropy" && $0.position == nil
      }
    }
    let main = preparation
    self.entropies = entropies.filter { $0.preparation == main }
    spectra = try run.meanSpectra(preparation: preparation)
    let valley = answers.first { $0.analysis == "valley" && $0.measure == "entropy" }?.site ?? ""
    let places = [valley, "residual.0", "residual.\(run.manifest.subject.blocks)"]
    var seen: Set<String> = []
    census = try places.filter { seen.insert($0).inserted }.compactMap { place in
      guard let site = run.sites.firstIndex(where: { $0.name == place }) else { return nil }
      return try TokenCensus(run, site: site, preparation: main, options)
    }
    massive = try MassiveFeature.all(in: run)
    track = try TokenTrack(run, document: 0, preparation: main, length: ReportData.trackLength)
  }

  /// Tokens of the document that is drawn: more would not be read.
  private static let trackLength = 32

  /// The run's preparations, the main one first.
  var preparations: [String] {
    let found = manifest.inputs.options.texts("preparations")
    return found.isEmpty ? [preparation] : found
  }

  /// The main preparation without the first token, when the run has it too.
  var twin: String? {
    let name = preparation + "-without-first"
    return preparations.contains(name) ? name : nil
  }

  /// How many times the median a sink's state is long.
  var sinkThreshold: Double {
    if case .number(let threshold) = manifest.inputs.options["sink-threshold"] { return threshold }
    return MaskRule.defaultThreshold
  }

  /// What the report calls the model.
  var model: String { manifest.subject.model }
  /// Whether a token's states depend on nothing that follows it.
  var isCausal: Bool { manifest.subject.details["attention"] != .text("in both directions") }
}
