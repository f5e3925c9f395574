// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// What values a family's tensors have before any training: the rules of transformers 5 as data.
///
/// A rule names modules and what they are, as `_init_weights` asks of them; what that makes of a
/// weight and a bias is the same everywhere. Source: transformers' `PreTrainedModel._init_weights`, and
/// each family's own.
package struct Initialisation: Sendable {
  /// What a module is, which decides how its weight and bias begin.
  package enum Module: String, Sendable, CaseIterable {
    /// A linear layer: normal weights, no bias yet.
    case linear
    /// A linear layer that writes to the residual stream twice a block: normal weights whose standard
    /// deviation is divided by √(2 blocks). Radford et al. 2019.
    case residual
    /// A table of embeddings: normal.
    case table
    /// A table whose row of the padding token is zero.
    case paddedTable
    /// A norm: weights one, biases zero.
    case norm
    /// A norm that adds one to its weights: they are zero.
    case offsetNorm
  }

  /// Modules of one kind, by the ends of their names; `*` is a number.
  package struct Rule: Sendable {
    package let module: Module
    package let names: [String]

    init(_ module: Module, _ names: String...) { (self.module, self.names) = (module, names) }
  }

  /// Configuration keys of the standard deviation, the first that is there; 0.02 without one.
  let deviation: [String]
  /// The padding token where the configuration says none.
  let padding: Int?
  /// The first that fits is the one.
  package let rules: [Rule]

  init(deviation: [String] = ["initializer_range"], padding: Int? = nil, _ rules: Rule...) {
    (self.deviation, self.padding, self.rules) = (deviation, padding, rules)
  }

  private init(deviation: [String], padding: Int?, list: [Rule]) {
    (self.deviation, self.padding, rules) = (deviation, padding, list)
  }

  /// The same rules after another one.
  func after(_ rule: Rule) -> Initialisation {
    Initialisation(deviation: deviation, padding: padding, list: [rule] + rules)
  }

  /// What an absent deviation is, in every family.
  static let usualDeviation = 0.02
}

extension Initialisation: CustomStringConvertible {
  /// The rules in one line, as the manual has them.
  package var description: String {
    let parts = rules.map { rule in
      "\(rule.module.rawValue) \(rule.names.map { "`\($0)`" }.joined(separator: " "))"
    }
    let keys = deviation.map { "`\($0)`" }.joined(separator: ", else ")
    let isPadded = rules.contains { $0.module == .paddedTable }
    let token = padding.map { "else \($0)" } ?? "else none"
    return parts.joined(separator: "; ") + "; σ from \(keys)"
      + (isPadded ? "; padding from `pad_token_id`, \(token)" : "")
  }
}

extension Initialisation {
  /// Llama's modules: what its relatives have is among them or stands before them.
  static func llama(_ norm: Module = .norm, padding: Int? = nil) -> Initialisation {
    Initialisation(
      padding: padding, Rule(.paddedTable, "embed_tokens"),
      Rule(.linear, "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj"),
      Rule(.linear, "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj", "lm_head"),
      Rule(norm, "input_layernorm", "post_attention_layernorm", "norm"))
  }
}
