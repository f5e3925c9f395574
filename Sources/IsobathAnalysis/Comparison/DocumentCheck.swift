// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// Whether two runs hold the same documents as the same tokens, in the same order.
struct DocumentCheck {
  private let base: RunReader
  private let tuned: RunReader

  init(_ base: RunReader, _ tuned: RunReader) {
    self.base = base
    self.tuned = tuned
  }

  /// One document as far as pairing needs it.
  private struct Entry {
    let id: String
    let digest: Digest
    let tokens: Int
    let cutFrom: Int?
  }

  /// - Throws: `ComparisonError.pairing` at the first difference.
  func callAsFunction() throws(ComparisonError) {
    let (first, second) = (try entries(base), try entries(tuned))
    do throws(PairingFault) {
      try sameDocuments(first, second)
      try sameTokens(first, second)
    } catch { throw .pairing(error) }
  }

  private func entries(_ run: RunReader) throws(ComparisonError) -> [Entry] {
    var entries: [Entry] = []
    for page in run.pages(of: 256) {
      do throws(RecordError) {
        entries += try run.documents(page, parts: []).map {
          Entry(id: $0.id, digest: $0.digest, tokens: $0.tokens, cutFrom: $0.cutFrom)
        }
      } catch { throw .run(error) }
    }
    return entries
  }

  private func sameDocuments(_ first: [Entry], _ second: [Entry]) throws(PairingFault) {
    let (ids, others) = (Set(first.map(\.id)), Set(second.map(\.id)))
    if ids != others {
      let single =
        first.first { !others.contains($0.id) } ?? second.first { !ids.contains($0.id) }
      throw .documents(
        first: single?.id ?? "", base: first.count, tuned: second.count,
        shared: ids.intersection(others).count)
    }
    if let moved = zip(first, second).first(where: { $0.id != $1.id }) {
      throw .order(first: moved.0.id)
    }
  }

  private func sameTokens(_ first: [Entry], _ second: [Entry]) throws(PairingFault) {
    let differing = zip(first, second).filter { $0.digest != $1.digest }
    guard let (mine, other) = differing.first else { return }
    throw .tokens(
      document: mine.id, base: mine.tokens, tuned: other.tokens, differing: differing.count,
      of: first.count, cause(mine, other))
  }

  private func cause(_ mine: Entry, _ other: Entry) -> PairingFault.Cause {
    let (first, second) = (base.manifest, tuned.manifest)
    if first.inputs.corpus != second.inputs.corpus { return .texts }
    let tokenizers = [first, second].map { $0.subject.details["tokenizer"]?.description ?? "" }
    if tokenizers[0] != tokenizers[1] {
      return .tokenizer(base: tokenizers[0], tuned: tokenizers[1])
    }
    let option = { (run: RunManifest, name: String) in
      run.inputs.options[name]?.description ?? "none"
    }
    let names = Set((first.inputs.options + second.inputs.options).map(\.name))
    for name in names.sorted() where name.contains("template") || name == "field" {
      let values = [option(first, name), option(second, name)]
      if values[0] != values[1] { return .option(name, base: values[0], tuned: values[1]) }
    }
    let isCut = mine.cutFrom != nil || other.cutFrom != nil
    let limits = [option(first, "max-tokens"), option(second, "max-tokens")]
    if isCut, limits[0] != limits[1] { return .cut(base: limits[0], tuned: limits[1]) }
    return .unknown
  }
}
