// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// Which document of a forward pass a hook is looking at.
public struct DocumentID: Hashable, Sendable {
  /// Its place among the documents that were given.
  public let index: Int
  /// Its name in the corpus.
  public let name: String

  /// A document by its place and name.
  public init(index: Int, name: String) {
    self.index = index
    self.name = name
  }
}

/// The hidden states of one document at one site: `tokens` × `width` float32, one row per token.
///
/// Borrowed from the running pass: it cannot be copied out, so fold it into something small at once.
public struct States: ~Copyable {
  package let view: MatrixView

  package init(_ view: MatrixView) { self.view = view }

  /// The number of tokens: the rows.
  public var tokens: Int { view.rows }
  /// The number of features: the columns.
  public var width: Int { view.columns }

  /// The value of one feature of one token.
  public subscript(token: Int, feature: Int) -> Float {
    get {
      check(token, feature)
      return view[token, feature]
    }
    set {
      check(token, feature)
      view[token, feature] = newValue
    }
  }

  /// One token's features, to read.
  public borrowing func withToken<R>(_ token: Int, _ body: (UnsafeBufferPointer<Float>) -> R) -> R {
    check(token, 0)
    return body(UnsafeBufferPointer(start: view.pointer + token * view.stride, count: width))
  }

  private borrowing func check(_ token: Int, _ feature: Int) {
    precondition(
      token >= 0 && token < tokens && feature >= 0 && feature < width,
      "States: [\(token), \(feature)] outside \(tokens) × \(width)")
  }
}

/// A closure called in the model's equation, at chosen sites, once per document.
///
/// An **observer** reads the states; a **patch** may change them, and everything after that site
/// follows from the changed states. Hooks run in the order in which they were given, on several
/// documents at once, so a closure protects what it writes to.
///
/// ```swift
/// // What happens without the attention of block 0?
/// let ablate = Hook.patch([.attentionOut(block: 0)]) { _, _, states in
///   for token in 0..<states.tokens {
///     for feature in 0..<states.width { states[token, feature] = 0 }
///   }
/// }
/// ```
public struct Hook: Sendable {
  typealias Watch = @Sendable (borrowing AttentionWeights) throws -> Void

  let sites: Set<Site>
  let patches: Bool
  let body: @Sendable (Site, DocumentID, inout States) throws -> Void
  /// The blocks whose attention is watched, and by whom.
  var attention: (blocks: Set<Int>, watch: Watch)?

  /// A hook that reads states and leaves them as they are.
  public static func observe(
    _ sites: some Sequence<Site>,
    _ body: @escaping @Sendable (Site, DocumentID, borrowing States) throws -> Void
  ) -> Hook {
    Hook(sites: Set(sites), patches: false) { site, document, states in
      try body(site, document, states)
    }
  }

  /// A hook that may change states.
  public static func patch(
    _ sites: some Sequence<Site>,
    _ body: @escaping @Sendable (Site, DocumentID, inout States) throws -> Void
  ) -> Hook {
    Hook(sites: Set(sites), patches: true, body: body)
  }

  /// A hook that reads what the queries of some blocks give each key.
  ///
  /// It is called once for each document, head and run of queries, on several of them at once and in no
  /// order. A block outside the model is never met.
  ///
  /// ```swift
  /// // How much does the last token look at the first?
  /// let watch = Hook.observeAttention([0]) { weights in
  ///   guard weights.queries.contains(weights.tokens - 1) else { return }
  ///   print(weights.document.name, weights.head, weights[query: weights.tokens - 1, key: 0])
  /// }
  /// ```
  public static func observeAttention(
    _ blocks: some Sequence<Int>,
    _ body: @escaping @Sendable (borrowing AttentionWeights) throws -> Void
  ) -> Hook {
    Hook(sites: [], patches: false, body: { _, _, _ in }, attention: (Set(blocks), body))
  }
}
