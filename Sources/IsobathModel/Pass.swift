// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// Token ids of one document.
public struct TokenizedDocument: Sendable {
  /// The document's name, for hooks and messages.
  public let name: String
  /// Its token ids, in order.
  public let ids: [Int32]
  /// Each token's type, for encoders that tell two texts apart; empty means type 0 throughout.
  public let types: [Int32]

  /// A document of token ids.
  public init(name: String, ids: [Int32], types: [Int32] = []) {
    precondition(
      types.isEmpty || types.count == ids.count, "\(types.count) types, \(ids.count) ids")
    self.name = name
    self.ids = ids
    self.types = types
  }
}

/// The documents of one forward pass: concatenated without padding, each a span of rows.
package struct Pass: Sendable {
  /// A document and its rows in every matrix of the pass.
  package struct Span: Sendable {
    package let document: DocumentID
    package let rows: Range<Int>
  }

  package let spans: [Span]
  package let ids: [Int32]
  package let types: [Int32]
  /// The pictures of a pass of pictures, one for each span.
  package let images: [ImageDocument]
  private let hooks: [Hook]

  /// - Parameters:
  ///   - documents: what is pushed through the model.
  ///   - firstIndex: the place of the first of them among all documents.
  ///   - hooks: who looks on, in order.
  package init(_ documents: [TokenizedDocument], firstIndex: Int = 0, hooks: [Hook] = []) {
    var spans: [Span] = []
    var ids: [Int32] = []
    var types: [Int32] = []
    for (offset, document) in documents.enumerated() {
      let rows = ids.count..<(ids.count + document.ids.count)
      let identity = DocumentID(index: firstIndex + offset, name: document.name)
      spans.append(Span(document: identity, rows: rows))
      ids += document.ids
      types += document.types.isEmpty ? document.ids.map { _ in 0 } : document.types
    }
    self.spans = spans
    self.ids = ids
    self.types = types
    images = []
    self.hooks = hooks
  }

  /// - Parameters:
  ///   - images: what is pushed through the model, each a document.
  ///   - tokens: how many rows each of them becomes.
  ///   - firstIndex: the place of the first of them among all documents.
  ///   - hooks: who looks on, in order.
  package init(
    _ images: [ImageDocument], tokens: [Int], firstIndex: Int = 0, hooks: [Hook] = []
  ) {
    precondition(images.count == tokens.count, "\(images.count) pictures, \(tokens.count) sizes")
    var spans: [Span] = []
    for (offset, image) in images.enumerated() {
      let start = spans.last?.rows.upperBound ?? 0
      let identity = DocumentID(index: firstIndex + offset, name: image.name)
      spans.append(Span(document: identity, rows: start..<(start + tokens[offset])))
    }
    self.spans = spans
    self.images = images
    (ids, types) = ([], [])
    self.hooks = hooks
  }

  /// The tokens of all documents: the rows of every matrix.
  package var tokens: Int { spans.last?.rows.upperBound ?? 0 }
  /// The tokens of the longest document.
  package var longest: Int { spans.map(\.rows.count).max() ?? 0 }

  /// Whether any hook looks at this site.
  package func isWatched(_ site: Site) -> Bool { hooks.contains { $0.sites.contains(site) } }

  /// How many blocks must run so that every watched site and attention is passed.
  package func lastBlock(of blocks: Int) -> Int {
    let sites = Site.all(blocks: blocks).filter(isWatched).map { $0.blocksPassed(of: blocks) }
    let attention = (0..<blocks).last { !watches(ofAttention: $0).isEmpty }
    return max(sites.max() ?? 0, attention.map { $0 + 1 } ?? 0)
  }

  /// Who watches a block's attention, in order.
  func watches(ofAttention block: Int) -> [Hook.Watch] {
    hooks.compactMap { hook in
      hook.attention.flatMap { $0.blocks.contains(block) ? $0.watch : nil }
    }
  }

  /// The identity function, with the hooks of `site` called on the way.
  package func tap(_ site: Site, _ x: consuming Matrix) throws -> Matrix {
    var x = x
    for hook in hooks where hook.sites.contains(site) {
      if hook.patches {
        try x.withMutableView { try call(hook, site, $0) }
      } else {
        try x.withView { try call(hook, site, $0) }
      }
    }
    return x
  }

  private func call(_ hook: Hook, _ site: Site, _ view: MatrixView) throws {
    try Workers.run(spans.count, throwing: (any Error).self) { index in
      let span = spans[index]
      var states = States(view.rows(span.rows))
      try hook.body(site, span.document, &states)
    }
  }
}

/// A pass as one block sees it: its taps carry the block's index.
package struct BlockPass: Sendable {
  /// The points inside a block.
  package enum Point: Sendable {
    case attentionOut
    case residualMid
    case mlpOut
  }

  package let spans: [Pass.Span]
  /// The block's index.
  let block: Int
  private let pass: Pass

  package init(_ pass: Pass, block: Int) {
    self.pass = pass
    self.block = block
    spans = pass.spans
  }

  /// Who watches the block's attention, in order.
  var watches: [Hook.Watch] { pass.watches(ofAttention: block) }

  /// The identity function, with the hooks of that point of this block called on the way.
  package func callAsFunction(_ point: Point, _ x: consuming Matrix) throws -> Matrix {
    switch point {
    case .attentionOut: try pass.tap(.attentionOut(block: block), x)
    case .residualMid: try pass.tap(.residualMid(block: block), x)
    case .mlpOut: try pass.tap(.mlpOut(block: block), x)
    }
  }
}
