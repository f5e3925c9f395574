// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathForward
import IsobathLinear
import IsobathMeasure
import IsobathModel
import IsobathRecord
import IsobathText

/// One model over one corpus into one run: opened, planned, measured batch by batch, resumable.
package struct Survey: Sendable {
  private let options: SurveyOptions
  private let tell: @Sendable (SurveyEvent) -> Void

  /// - Parameters:
  ///   - options: what is asked.
  ///   - tell: called as the survey goes on.
  package init(_ options: SurveyOptions, tell: @escaping @Sendable (SurveyEvent) -> Void) {
    self.options = options
    self.tell = tell
  }

  /// Runs the survey, or the rest of it when the folder holds its beginning.
  ///
  /// - Parameter shouldStop: asked after each batch; the batches that are done stay.
  package func callAsFunction(shouldStop: () -> Bool) throws -> SurveyOutcome {
    Workers.use(options.threads)
    let loaded = try LoadedModel(options.model, options.weights)
    let model = loaded.model
    tell(.opened(loaded))
    try model.checkReadsText()
    if options.companions.lens != .none, let reason = model.noHead { throw reason }
    let sites = try SiteSelection.parse(options.sites, of: model)
    let tokenizer = try loaded.tokenizer()
    let corpus = try PreparedCorpus(options, tokenizer, context: model.dimensions.context)
    for entry in corpus.entries where !entry.ids.isEmpty {
      try ForwardPass.check(entry.tokenized, against: model.dimensions)
    }
    tell(.tokenized(documents: corpus.entries.count, tokens: corpus.tokens, notes: corpus.notes))
    let plan = try MemoryPlan(
      costs: model.costs, dimensions: model.dimensions, longest: corpus.longest,
      budget: options.memory, threads: options.threads, beside: beside(model, sites, corpus))

    let bytes = loaded.checkpoint.files.reduce(0) { $0 + $1.bytes }
    tell(.digesting(bytes: bytes))
    let manifest = try SurveyManifest(
      options: options, loaded: loaded, tokenizer: tokenizer, corpus: corpus, sites: sites
    ).manifest(digests: try loaded.checkpoint.digests(), plan: plan, now: Survey.now())
    let writer = try RunWriter(
      folder: options.output, manifest: manifest,
      sites: sites.map { Survey.row($0, blocks: model.dimensions.blocks) })
    tell(.planned(plan, documents: corpus.entries.count, done: writer.completed))
    let measured: (tokens: Int, seconds: Double)
    do {
      measured = try measure(corpus, sites, loaded, tokenizer, plan, writer, shouldStop)
    } catch {
      // A run without a document would only stand in the way of the next try.
      if writer.completed == 0 { try writer.discard() }
      throw error
    }
    if writer.completed == corpus.entries.count { try writer.finish(at: Survey.now()) }
    let done = writer.completed
    try writer.close()
    BufferPool.drain()
    return SurveyOutcome(
      run: manifest.id, folder: options.output, documents: corpus.entries.count, done: done,
      tokens: measured.tokens, seconds: measured.seconds)
  }

  private func measure(
    _ corpus: PreparedCorpus, _ sites: [Site], _ loaded: LoadedModel, _ tokenizer: Tokenizer,
    _ plan: MemoryPlan, _ writer: RunWriter, _ shouldStop: () -> Bool
  ) throws -> (tokens: Int, seconds: Double) {
    let model = loaded.model
    let measurement = BatchMeasurement(
      pass: ForwardPass(model, residency: plan.residency), sites: sites,
      widths: sites.map(model.width), preparations: options.preparations,
      positions: options.positions, orders: options.orders.compactMap(RenyiEntropy.init),
      companions: options.companions, lens: try lens(model), end: model.sites.last ?? .finalNorm,
      documents: corpus.entries.count, tokenizer: tokenizer)
    let rest = corpus.entries[writer.completed...]
    let start = ContinuousClock.now
    var tokens = 0
    for batch in plan.batches(lengths: rest.map(\.ids.count)) {
      let entries = rest[
        (rest.startIndex + batch.lowerBound)..<(rest.startIndex + batch.upperBound)]
      let size = entries.reduce(0) { $0 + $1.ids.count }
      let done = writer.completed
      let found = try measurement(entries) { block in
        let share = Double(block) / Double(model.dimensions.blocks + 1)
        tell(
          .progress(
            documents: Double(done) + share * Double(entries.count),
            tokens: Double(tokens) + share * Double(size)))
      }
      try writer.write(batch: found.documents, moments: found.moments, merge: TokenMoments.merge)
      // The next batch has another number of rows: buffers of this one's sizes would only pile up.
      BufferPool.drain()
      tokens += size
      tell(.progress(documents: Double(writer.completed), tokens: Double(tokens)))
      if shouldStop() { break }
    }
    let spent = (ContinuousClock.now - start).components
    return (tokens, Double(spent.seconds) + Double(spent.attoseconds) / 1e18)
  }

  private func beside(_ model: Model, _ sites: [Site], _ corpus: PreparedCorpus)
    -> MemoryPlan.Beside
  {
    options.companions.memory(
      model, sites: sites.count, preparations: options.preparations.count, longest: corpus.longest,
      meanLength: Double(corpus.tokens) / Double(corpus.entries.count))
  }

  /// The language-model head where it was asked for.
  private func lens(_ model: Model) throws -> LensMeasurement? {
    guard options.companions.lens != .none else { return nil }
    return try model.lens().map { LensMeasurement(lens: $0, choice: options.companions.lens) }
  }

  private static func row(_ site: Site, blocks: Int) -> SiteRow {
    let parts = "\(site)".split(separator: ".")
    return SiteRow(
      name: "\(site)", kind: String(parts[0]), number: parts.count > 1 ? Int(parts[1]) : nil,
      depth: Double(site.blocksPassed(of: blocks)) / Double(blocks))
  }

  private static func now() -> String { Date.now.ISO8601Format() }
}
