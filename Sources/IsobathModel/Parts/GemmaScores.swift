// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// How Gemma 2 and 3 scale and cap the scores of attention, and cap the logits of the next token.
struct GemmaScores: Sendable {
  private let scale: Float
  private let cap: Float?
  /// The logit that is not exceeded.
  let logitCap: Float?

  /// - Parameters:
  ///   - deepest: the number of blocks of the 27B model, which alone scales by d / heads; files that do
  ///     not say so are told by their depth.
  ///   - caps: the caps of scores and of logits of a configuration that does not name them.
  init(
    _ c: ConfigReader, _ numbers: LlamaNumbers, deepest: Int,
    caps: (scores: Double?, logits: Double?)
  ) throws {
    let (size, heads) = (numbers.dimensions, numbers.heads)
    let usual = size.blocks == deepest ? size.width / heads.queries : heads.width
    let scalar = try c.positive("query_pre_attn_scalar", default: Double(usual))
    scale = Float(1 / scalar.squareRoot())
    cap = try c.cap("attn_logit_softcapping", default: caps.scores)
    logitCap = try c.cap("final_logit_softcapping", default: caps.logits)
  }

  /// The scores of a block.
  func scoring(_ sight: Sight) -> Scoring { Scoring(sight, scale: scale, cap: cap) }
}

extension ConfigReader {
  /// A number above zero that is not exceeded; nil where the file says null.
  fileprivate func cap(_ key: String, default absent: Double?) throws(CheckpointError) -> Float? {
    guard !has(key), let absent else { return try has(key) ? Float(positive(key)) : nil }
    do {
      return Float(try positive(key, default: absent))
    } catch .config(.wrongType, _) {
      // A default is for what is absent: this is a null.
      return nil
    }
  }
}
