// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint

/// What a tensor's values are before training.
package enum InitialLaw: Sendable, Equatable {
  case zeros
  case ones
  /// Independent normal values of mean 0; one row may be zero, counted from the end where negative.
  case normal(standardDeviation: Double, zeroRow: Int?)
}

/// A family's rules with the numbers of one configuration.
package struct InitialLaws: Sendable {
  /// σ, the standard deviation of a linear layer's weights.
  package let deviation: Double
  /// The padding token, whose row of some tables is zero.
  package let padding: Int?
  private let rules: [Initialisation.Rule]
  private let blocks: Int

  /// - Parameters:
  ///   - family: whose rules are asked for.
  ///   - modelType: the family's name of this kind of it.
  ///   - config: where σ and the padding token are looked up.
  ///   - padding: the padding token that a file's tokenizer names, where its configuration cannot.
  ///   - blocks: the model's depth.
  /// - Throws: when the family has no rules, or the configuration has no such numbers.
  package init(
    of family: any Architecture.Type, _ modelType: String, _ config: ConfigReader, padding: Int?,
    blocks: Int
  ) throws {
    guard let rules = family.initialisation(of: modelType) else {
      throw ModelError.noInitialisation(family: family.name, file: config.file)
    }
    self.rules = rules.rules
    self.blocks = blocks
    self.padding = try config.index("pad_token_id", default: padding ?? rules.padding)
    var deviation = Initialisation.usualDeviation
    for key in rules.deviation.reversed() where config.has(key) {
      deviation = try config.positive(key)
    }
    self.deviation = deviation
  }

  /// The values that a tensor begins with; nil where no rule covers it.
  ///
  /// - Parameter tensor: the family's name, such as `model.layers.0.self_attn.q_proj.weight`.
  package func law(of tensor: String) -> InitialLaw? {
    guard let dot = tensor.lastIndex(of: ".") else { return nil }
    let module = tensor[..<dot].split(separator: ".", omittingEmptySubsequences: false)
    guard let rule = rules.first(where: { $0.fits(module) }) else { return nil }
    return switch tensor[tensor.index(after: dot)...] {
    case "weight", "gamma": law(ofWeight: rule.module)
    case "bias", "beta": rule.module.hasBias ? .zeros : nil
    default: nil
    }
  }

  private func law(ofWeight module: Initialisation.Module) -> InitialLaw {
    switch module {
    case .linear, .table: .normal(standardDeviation: deviation, zeroRow: nil)
    case .residual:
      .normal(standardDeviation: deviation / sqrt(2 * Double(blocks)), zeroRow: nil)
    case .paddedTable: .normal(standardDeviation: deviation, zeroRow: padding)
    case .norm: .ones
    case .offsetNorm: .zeros
    }
  }
}

extension Initialisation.Module {
  fileprivate var hasBias: Bool {
    switch self {
    case .linear, .residual, .norm: true
    case .table, .paddedTable, .offsetNorm: false
    }
  }
}

extension Initialisation.Rule {
  /// Whether a module's name ends in one of the rule's.
  fileprivate func fits(_ module: [Substring]) -> Bool {
    names.contains { name in
      let parts = name.split(separator: ".")
      return parts.count <= module.count
        && zip(parts, module.suffix(parts.count)).allSatisfy { part, found in
          part == "*" ? Int(found) != nil : part == found
        }
    }
  }
}
