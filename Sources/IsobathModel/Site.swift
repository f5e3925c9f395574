// SPDX-License-Identifier: GPL-3.0-or-later

/// A place in a transformer where its hidden states can be read or changed.
///
/// With L blocks, the depth curve is `residual(depth: 0)` (the embedding) … `residual(depth: L)`
/// (the last block's raw output), and `finalNorm` after it. transformers' `hidden_states` has L + 1
/// entries: entry k < L is `residual(depth: k)`, and its **last entry is `finalNorm`**; the raw
/// output of the last block is not among them. Vision encoders are otherwise: there the last entry is
/// the raw output of the last block, and `finalNorm` is `last_hidden_state`. TransformerLens' `blocks.k.hook_resid_post` is
/// `residual(depth: k + 1)` for every k.
public enum Site: Hashable, Sendable {
  /// The residual stream after `depth` blocks; 0 is the embedding.
  case residual(depth: Int)
  /// The residual stream of a block after its attention was added.
  case residualMid(block: Int)
  /// What a block's attention adds to the stream.
  case attentionOut(block: Int)
  /// What a block's feed-forward part adds to the stream.
  case mlpOut(block: Int)
  /// The output of the norm after the last block: what the language-model head reads.
  case finalNorm
}

extension Site: CustomStringConvertible {
  /// Its spelling in commands, rows and reports: `residual.3`.
  public var description: String {
    switch self {
    case .residual(let depth): "residual.\(depth)"
    case .residualMid(let block): "residual-mid.\(block)"
    case .attentionOut(let block): "attention-out.\(block)"
    case .mlpOut(let block): "mlp-out.\(block)"
    case .finalNorm: "final-norm"
    }
  }
}

extension Site {
  /// What TransformerLens calls this site.
  public var transformerLensName: String {
    switch self {
    case .residual(depth: 0): "blocks.0.hook_resid_pre"
    case .residual(let depth): "blocks.\(depth - 1).hook_resid_post"
    case .residualMid(let block): "blocks.\(block).hook_resid_mid"
    case .attentionOut(let block): "blocks.\(block).hook_attn_out"
    case .mlpOut(let block): "blocks.\(block).hook_mlp_out"
    case .finalNorm: "ln_final.hook_normalized"
    }
  }

  /// How many blocks of a model with `blocks` of them have been passed: 0 for the embedding,
  /// `blocks` for the last residual and the final norm.
  public func blocksPassed(of blocks: Int) -> Int {
    switch self {
    case .residual(let depth): depth
    case .residualMid(let block), .attentionOut(let block), .mlpOut(let block): block + 1
    case .finalNorm: blocks
    }
  }

  /// Whether it lies between the two halves of a block.
  public var isMiddle: Bool { if case .residualMid = self { true } else { false } }

  /// Whether it is on the depth curve: a residual, or the final norm.
  public var isOnDepthCurve: Bool {
    switch self {
    case .residual, .finalNorm: true
    case .residualMid, .attentionOut, .mlpOut: false
    }
  }

  /// Every site that a model with `blocks` blocks may have, in the order in which a forward pass meets
  /// them; `Model.sites` are those that it has.
  public static func all(blocks: Int) -> [Site] {
    var sites: [Site] = [.residual(depth: 0)]
    for block in 0..<blocks {
      sites += [.attentionOut(block: block), .residualMid(block: block), .mlpOut(block: block)]
      sites.append(.residual(depth: block + 1))
    }
    return sites + [.finalNorm]
  }
}
