// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathModel
import IsobathRecord
import IsobathText

/// A corpus as token ids, cut to what the model reads.
struct PreparedCorpus: Sendable {
  struct Entry: Sendable {
    let document: Document
    let ids: [Int32]
    /// How many tokens it had when it was cut.
    let cutFrom: Int?

    /// Two altered versions of it; none unless they were asked for.
    var views: [[Int32]] = []

    /// As the forward pass takes it.
    var tokenized: TokenizedDocument { TokenizedDocument(name: document.id, ids: ids) }
  }

  let entries: [Entry]
  /// One sentence for each thing that was left out or cut.
  let notes: [String]
  let limit: Int
  /// Of ids and texts in order.
  let digest: Digest

  init(_ options: SurveyOptions, _ tokenizer: Tokenizer, context: Int) throws {
    let corpus = try Corpus.read(options.corpus)
    limit = min(options.maxTokens ?? context, context)
    let policy = LengthPolicy(limit: limit, overflow: options.overflow)
    let ids = try tokenizer.encode(corpus.documents.map(\.text), threads: options.threads)
    var entries: [Entry] = []
    var running = RunningDigest()
    var (cut, left) = (0, 0)
    for (document, all) in zip(corpus.documents, ids) {
      running.add(document: document.id, text: document.text)
      guard let kept = try policy(all, document: document.id) else {
        left += 1
        continue
      }
      if kept.count < all.count { cut += 1 }
      entries.append(
        Entry(
          document: document, ids: kept, cutFrom: kept.count < all.count ? all.count : nil))
    }
    guard !entries.isEmpty else { throw TextError.empty(path: options.corpus.place) }
    if options.companions.pooling.contains(.views) {
      try PreparedCorpus.addViews(to: &entries, options, tokenizer, limit: limit)
    }
    self.entries = entries
    digest = running.digest
    var notes = corpus.skipped.map { "left out: \($0)" } + corpus.rules + tokenizer.notes
    if cut > 0 { notes.append("cut to \(limit) tokens: \(counted(cut))") }
    if left > 0 { notes.append("left out for more than \(limit) tokens: \(counted(left))") }
    let empty = entries.count { $0.ids.isEmpty }
    if empty > 0 { notes.append("without a token, so without values: \(counted(empty))") }
    self.notes = notes
  }

  private static func addViews(
    to entries: inout [Entry], _ options: SurveyOptions, _ tokenizer: Tokenizer, limit: Int
  ) throws {
    for view in 1...2 {
      let texts = entries.map { entry in
        AlteredText.of(
          entry.document.text, document: entry.document.id, view: view, seed: options.seed)
      }
      for (index, ids) in try tokenizer.encode(texts, threads: options.threads).enumerated() {
        entries[index].views.append(Array(ids.prefix(limit)))
      }
    }
  }

  var tokens: Int { entries.reduce(0) { $0 + $1.ids.count } }
  var longest: Int { entries.map(\.ids.count).max() ?? 0 }
}

/// `1 document`, `2 documents`.
private func counted(_ documents: Int) -> String {
  documents == 1 ? "1 document" : "\(documents) documents"
}
