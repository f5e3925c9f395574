// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord

/// What a ladder needs of one run: who it is, its documents, and their spectra at a place.
struct ScalingRun {
  /// One document, as far as two runs must agree on it.
  struct Document: Equatable {
    let id: String
    let digest: Digest
    let tokens: Int
    let source: String
    let loss: Double?
  }

  private static let deficit = measures.first { $0.id == "deficit" }

  let reader: RunReader
  let parameters: Int
  let documents: [Document]

  init(_ reader: RunReader) throws(ScalingError) {
    self.reader = reader
    guard case .number(let number) = reader.manifest.subject.details["parameters"],
      let parameters = Int(exactly: number), parameters > 0
    else { throw .noParameters(run: reader.folder) }
    self.parameters = parameters
    guard reader.completed > 0 else { throw .noDocuments(run: reader.folder) }
    let norm = reader.sites.firstIndex { $0.name == "final-norm" }
    var documents: [Document] = []
    for page in reader.pages(of: 64) {
      let rows: [DocumentRow]
      do throws(RecordError) { rows = try reader.documents(page, parts: .scalars) } catch {
        throw .unreadable(error)
      }
      documents += rows.map { row in
        let losses = row.scalars.filter { $0.name == "loss" }
        let own = losses.first { $0.site == nil } ?? losses.first { $0.site == norm }
        return Document(
          id: row.id, digest: row.digest, tokens: row.tokens, source: row.source,
          loss: own?.estimate.value.flatMap { $0.isFinite ? $0 : nil })
      }
    }
    self.documents = documents
  }

  var folder: String { reader.folder }
  var subject: RunSubject { reader.manifest.subject }

  /// Whole numbers of the manifest under a name; nil when it has none.
  func count(_ name: String) -> Int? {
    guard case .number(let number) = subject.details[name] else { return nil }
    return Int(exactly: number)
  }

  var model: SizedModel {
    let nonEmbedding = count("parameters-non-embedding")
    return SizedModel(
      label: subject.model, parameters: parameters,
      nonEmbedding: nonEmbedding.flatMap { (1...parameters).contains($0) ? $0 : nil },
      width: subject.width, run: reader.manifest.id)
  }

  /// The ids of the preparations that the run was asked for.
  var preparations: [String] { reader.manifest.inputs.options.preparations }

  /// Where two runs' documents are not the same; nil when they are.
  func difference(
    from other: ScalingRun
  ) -> (document: String, why: ScalingError.Difference)? {
    for (mine, its) in zip(documents, other.documents) where mine != its {
      if mine.id != its.id { return (mine.id, .id(its.id)) }
      if mine.tokens != its.tokens { return (mine.id, .tokens(mine.tokens, its.tokens)) }
      if mine.digest != its.digest { return (mine.id, .digest) }
    }
    guard documents.count != other.documents.count else { return nil }
    let longer = documents.count > other.documents.count ? documents : other.documents
    let first = longer[min(documents.count, other.documents.count)]
    return (first.id, .count(documents.count, other.documents.count))
  }

  /// H and the deficit of each document at a place, nil where it has none.
  func entropies(
    at place: ScalingPlace, preparation: String
  ) throws(ScalingError) -> [(entropy: Double, deficit: Double)?] {
    guard let site = place.site(in: self) else {
      throw .noSite(run: folder, site: place.siteName(blocks: subject.blocks))
    }
    var found = [(entropy: Double, deficit: Double)?](repeating: nil, count: documents.count)
    var hasRow = false
    for page in reader.pages(of: 256) {
      let rows: [(document: Int, spectrum: SpectrumRow)]
      do throws(RecordError) {
        rows = try reader.spectra(page, site: site, preparation: preparation)
      } catch { throw .unreadable(error) }
      for (document, row) in rows where found.indices.contains(document) {
        hasRow = true
        guard let values = row.eigenvalues.value else { continue }
        let spectrum = Spectrum(eigenvalues: values, tokens: row.tokens, width: row.width)
        guard let entropy = VonNeumannEntropy()(spectrum), let deficit = Self.deficit?(spectrum),
          entropy.isFinite, deficit.isFinite
        else { continue }
        found[document] = (entropy, deficit)
      }
    }
    guard hasRow else {
      let known = preparations
      guard known.contains(preparation) else {
        throw .noPreparation(run: folder, preparation: preparation, known: known)
      }
      throw .noSite(run: folder, site: reader.sites[site].name)
    }
    return found
  }
}

/// Where in a model the states are taken.
package enum ScalingPlace: Sendable, Equatable {
  /// After the final norm, or after the last block of a model that has none: the last of
  /// transformers' `hidden_states`.
  case last
  /// After round(share · L) of L blocks.
  case share(Double)

  /// What rows call it.
  package var name: String {
    switch self {
    case .last: "final-norm"
    case .share(let share): "depth \(share)"
    }
  }

  func siteName(blocks: Int) -> String {
    switch self {
    case .last: "residual.\(blocks)"
    case .share(let share): "residual.\(Int((share * Double(blocks)).rounded()))"
    }
  }

  /// The index of its site; nil when the run does not have it.
  func site(in run: ScalingRun) -> Int? {
    let sites = run.reader.sites
    if self == .last, let norm = sites.firstIndex(where: { $0.name == "final-norm" }) {
      return norm
    }
    let name = siteName(blocks: run.subject.blocks)
    return sites.firstIndex { $0.name == name }
  }
}
