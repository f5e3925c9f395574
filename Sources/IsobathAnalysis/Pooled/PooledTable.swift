// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// A run's pooled rows, one vector for each document, site and kind: what questions about the whole
/// corpus at once are asked of. Rows are read when they are needed, one site and kind at a time.
package struct PooledTable: Sendable {
  private let run: RunReader
  /// What every row of the run says.
  private let subject: Record
  /// The source of each document that names one.
  private let sources: [String?]
  /// The sites that have rows of each kind, in forward order.
  private let stored: [String: [Int]]

  package init(_ run: RunReader) throws(AnalysisError) {
    self.run = run
    let names = run.manifest.subject
    subject = Record(
      run: run.manifest.id, family: run.manifest.inputs.family, model: names.model,
      revision: names.revision, corpus: names.corpus)
    do throws(RecordError) {
      var stored: [String: [Int]] = [:]
      for (site, kind) in try run.pooledKinds() where Self.isOnCurve(run.sites[site]) {
        stored[kind, default: []].append(site)
      }
      self.stored = stored
      var sources: [String?] = []
      for page in stored.isEmpty ? [] : run.pages(of: 256) {
        sources += try run.documents(page, parts: []).map { $0.source.isEmpty ? nil : $0.source }
      }
      self.sources = sources
    } catch { throw .run(error) }
  }

  /// Whether a site belongs to the curve through depth.
  private static func isOnCurve(_ site: SiteRow) -> Bool {
    site.kind == "residual" || site.kind == "final-norm"
  }

  /// How many documents the run has.
  var documents: Int { run.completed }

  /// The sites that have rows of a kind: indices into the run's, in forward order.
  func sites(_ kind: String) -> [Int] { stored[kind] ?? [] }

  /// The positions t that have rows `at.<t>`, ascending.
  var positions: [Int] {
    stored.keys.compactMap { kind in
      guard kind.hasPrefix("at."), let t = Int(kind.dropFirst(3)), t > 0, kind == "at.\(t)" else {
        return nil
      }
      return t
    }.sorted()
  }

  /// The name of a site.
  func name(_ site: Int) -> String { run.sites[site].name }

  /// d, as the manifest has it.
  var width: Int { run.manifest.subject.width }

  /// The rows of one kind at one site.
  func sample(_ kind: String, at site: Int) throws(AnalysisError) -> PooledSample {
    do throws(RecordError) {
      let rows = try run.pooled(site: site, kind: kind)
      let documents = rows.map(\.document)
      return PooledSample(
        documents: documents, states: PooledStates(rows.map(\.row.state)),
        units: Units(sources: documents.map { sources[$0] }), of: self.documents)
    } catch { throw .run(error) }
  }

  /// The sites of the depth curve that have moments of all tokens: indices into the run's.
  func momentSites() throws(AnalysisError) -> [Int] {
    do throws(RecordError) {
      return try run.momentSites().filter { Self.isOnCurve(run.sites[$0]) }
    } catch { throw .run(error) }
  }

  /// The moments of each block of documents at one site.
  func moments(at site: Int) throws(AnalysisError) -> [RunningMoment] {
    do throws(RecordError) {
      return try run.moments(site: site).filter { $0.tokens > 0 }.map {
        RunningMoment(count: $0.tokens, mean: $0.mean, packed: $0.moment)
      }
    } catch { throw .run(error) }
  }

  /// A row without a value yet.
  func row(
    _ analysis: any PooledAnalysis, site: Int, measure: any Measure, preparation: String = ""
  ) -> Record {
    var row = subject
    row.analysis = analysis.id
    row.site = run.sites[site].name
    row.depth = run.sites[site].depth
    row.measure = measure.id
    row.preparation = preparation
    row.unit = measure.unit.rawValue
    return row
  }
}

/// The pooled rows of one kind at one site.
struct PooledSample: Sendable {
  /// Which documents have a row, ascending.
  let documents: [Int]
  /// Their rows, in this order.
  let states: PooledStates
  /// Which of them belong together.
  let units: Units
  /// How many documents the run has.
  let of: Int

  /// What a reader of any number about these rows should know.
  var notes: [String] {
    var notes: [String] = []
    if documents.count < of {
      notes.append("\(of - documents.count) of \(of) documents have no row")
    }
    let share = states.documentsPerDimension
    if share < 3 {
      let rounded = (100 * share).rounded() / 100
      notes.append(
        "N/d = \(rounded) is below 3: it says more of the number of documents than of them")
    }
    return notes
  }

  /// What a reader of a number should know whose halves and blocks leave sources whole.
  var wholeSources: String { units.kind == .source ? "\(units.count) sources kept together" : "" }
}
