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

/// How a corpus is read.
package struct CorpusOptions: Sendable {
  /// What happens at a line that is no document.
  package enum OnError: String, Sendable, CaseIterable {
    case fail
    case skip
  }
  package var path: String
  /// The field of the text; nil looks for the usual names.
  package var field: String?
  /// At most this many documents, from the start.
  package var limit: Int?
  package var onError: OnError

  package init(
    path: String, field: String? = nil, limit: Int? = nil, onError: OnError = .fail
  ) {
    self.path = path
    self.field = field
    self.limit = limit
    self.onError = onError
  }
}

/// The documents of a file, and the lines that were left out and why.
package struct Corpus: Sendable {
  package let documents: [Document]
  /// One sentence for each line that `--on-error skip` left out.
  package let skipped: [String]

  /// Fields that are taken for the text when none is named, in this order.
  static let usualFields = ["text", "content", "document", "context", "body"]

  /// Reads a corpus: `.jsonl` or `.ndjson` (one object per line), `.json` (an array of strings or
  /// objects), `.txt` (one document per line; blank lines are not documents).
  package static func read(_ options: CorpusOptions) throws(TextError) -> Corpus {
    let path = options.path
    let lowered = path.lowercased()
    if let ending = [".gz", ".zst", ".parquet", ".csv"].first(where: lowered.hasSuffix) {
      throw .unsupported(
        component: "a corpus in \(ending)", supported: ".jsonl, .json and .txt; convert it first",
        path: path)
    }
    var bytes = try TextFile.bytes(path)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    var reader = CorpusReader(options)
    if lowered.hasSuffix(".json") {
      try reader.readArray(bytes)
    } else {
      try reader.readLines(bytes, isJSON: !lowered.hasSuffix(".txt"))
    }
    guard !reader.documents.isEmpty else { throw .empty(path: path) }
    return Corpus(documents: reader.documents, skipped: reader.skipped)
  }
}
