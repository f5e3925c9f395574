// SPDX-License-Identifier: GPL-3.0-or-later

/// What happens to documents with more tokens than a model or a user allows.
package struct LengthPolicy: Sendable, Equatable {
  package enum Overflow: String, Sendable, CaseIterable {
    /// Keep the first tokens, and note it.
    case truncate
    /// Leave the document out, and note it.
    case skip
    /// Stop.
    case fail
  }

  package let limit: Int
  package let overflow: Overflow

  package init(limit: Int, overflow: Overflow) {
    self.limit = limit
    self.overflow = overflow
  }

  /// The tokens that are used; nil when the document is left out.
  package func callAsFunction(_ ids: [Int32], document: String) throws(TextError) -> [Int32]? {
    guard ids.count > limit else { return ids }
    switch overflow {
    case .truncate: return Array(ids.prefix(limit))
    case .skip: return nil
    case .fail: throw .tooLong(document: document, tokens: ids.count, limit: limit)
    }
  }
}
