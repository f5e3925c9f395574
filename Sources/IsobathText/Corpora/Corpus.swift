// SPDX-License-Identifier: GPL-3.0-or-later

/// A text to be surveyed.
package struct Document: Sendable, Equatable {
  package let id: String
  package let text: String
  /// What several documents may come from; they are resampled together.
  package let source: String?

  package init(id: String, text: String, source: String? = nil) {
    self.id = id
    self.text = text
    self.source = source
  }
}

/// The documents of one or several files, and what was left out and why.
package struct Corpus: Sendable {
  package let documents: [Document]
  /// One sentence for each line that `--on-error skip` left out.
  package let skipped: [String]
  /// One sentence for each rule that chose among the documents.
  package let rules: [String]

  /// Fields that are taken for the text when none is named, in this order.
  static let usualFields = ["text", "content", "document", "context", "body"]

  /// Reads a corpus: the files in their order, each by the ending of its name (`CorpusFile`).
  package static func read(_ options: CorpusOptions) throws(TextError) -> Corpus {
    let files = try CorpusFile.files(options.paths)
    guard let sample = options.sample else { return try whole(files, options) }
    return try drawn(sample, files, options)
  }

  private static func whole(
    _ files: [CorpusFile], _ options: CorpusOptions
  ) throws(TextError) -> Corpus {
    var readers: [CorpusReader] = []
    var left = options.limit
    for file in files where left != 0 {
      let reader = CorpusReader(options, file, .all(limit: left))
      try reader.readAll()
      guard !reader.documents.isEmpty else { throw .empty(path: file.path) }
      left = left.map { $0 - reader.documents.count }
      readers.append(reader)
    }
    return Corpus(
      documents: readers.flatMap(\.documents), skipped: readers.flatMap(\.skipped),
      rules: emptyRule(readers))
  }

  /// Counts first, so that no more is kept than is drawn.
  private static func drawn(
    _ sample: CorpusSample, _ files: [CorpusFile], _ options: CorpusOptions
  ) throws(TextError) -> Corpus {
    var counters: [CorpusReader] = []
    for file in files {
      let counter = CorpusReader(options, file, .count)
      try counter.count()
      guard counter.seen > 0 else { throw .empty(path: file.path) }
      counters.append(counter)
    }
    let total = counters.reduce(0) { $0 + $1.seen }
    guard let order = sample.draw(from: total) else {
      throw .sample(path: options.place, documents: total, wanted: sample.count)
    }
    let wanted = order.prefix(options.limit ?? order.count)
    var positions = [Int: Int](minimumCapacity: wanted.count)
    for (position, index) in wanted.enumerated() { positions[index] = position }
    var places: [(Int, Document)] = []
    var first = 0
    for (file, counter) in zip(files, counters) {
      let here = first..<(first + counter.seen)
      first = here.upperBound
      let mine = positions.filter { here.contains($0.key) }
      if mine.isEmpty { continue }
      let reader = CorpusReader(
        options, file,
        .keep(Dictionary(uniqueKeysWithValues: mine.map { ($0 - here.lowerBound, $1) })))
      try reader.readAll()
      guard reader.documents.count == mine.count else { throw .changed(path: file.path) }
      places += zip(reader.positions, reader.documents)
    }
    let documents = places.sorted { $0.0 < $1.0 }.map(\.1)
    return Corpus(
      documents: documents, skipped: counters.flatMap(\.skipped),
      rules: emptyRule(counters) + [sample.rule(total)])
  }

  private static func emptyRule(_ readers: [CorpusReader]) -> [String] {
    let count = readers.reduce(0) { $0 + $1.empty }
    return count == 0 ? [] : ["left out for an empty text: \(count)"]
  }
}
