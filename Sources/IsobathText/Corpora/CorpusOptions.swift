// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// How a corpus is read.
package struct CorpusOptions: Sendable {
  /// What happens at a line that is no document.
  package enum OnError: String, Sendable, CaseIterable {
    case fail
    case skip
  }
  /// The files, in their order; one at least.
  package var paths: [String]
  /// The field of the text; nil looks for the usual names.
  package var field: String?
  /// At most this many documents: the first ones, or the first that were drawn.
  package var limit: Int?
  package var onError: OnError
  /// Which documents are drawn; nil takes all of them.
  package var sample: CorpusSample?
  /// Whether a text without a character is a document.
  package var keepsEmpty: Bool
  /// What reports call the corpus.
  package var name: String
  /// What reads tables; nil where no such program may be asked.
  package var tables: (any TableSource)?

  package init(
    paths: [String], field: String? = nil, limit: Int? = nil, onError: OnError = .fail,
    sample: CorpusSample? = nil, keepsEmpty: Bool = true, name: String? = nil,
    tables: (any TableSource)? = nil
  ) {
    self.paths = paths
    self.field = field
    self.limit = limit
    self.onError = onError
    self.sample = sample
    self.keepsEmpty = keepsEmpty
    self.name =
      name ?? paths.map { URL(filePath: $0).lastPathComponent }.joined(separator: "+")
    self.tables = tables
  }

  package init(
    path: String, field: String? = nil, limit: Int? = nil, onError: OnError = .fail
  ) {
    self.init(paths: [path], field: field, limit: limit, onError: onError)
  }

  /// The files as an error names them.
  package var place: String { paths.joined(separator: ", ") }
}
