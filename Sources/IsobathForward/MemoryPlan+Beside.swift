// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathModel

extension MemoryPlan {
  /// What a survey holds that is no part of the forward pass, in bytes.
  public struct Beside: Sendable, Equatable {
    /// Weights that stay, such as a language-model head's.
    public var weights: Int
    /// Whatever the batch is.
    public var fixed: Int
    /// For each token of the batch, until the batch is stored.
    public var perToken: Int
    /// On each thread.
    public var perThread: Int

    /// Nothing, unless it is said.
    public init(weights: Int = 0, fixed: Int = 0, perToken: Int = 0, perThread: Int = 0) {
      self.weights = weights
      self.fixed = fixed
      self.perToken = perToken
      self.perThread = perThread
    }

    /// The language-model head, its logits on each thread and a block of rows after the final norm.
    public static func head(_ costs: ModelCosts, _ dimensions: Dimensions) -> Beside {
      guard costs.head > 0 else { return Beside() }
      return Beside(
        weights: costs.head,
        perThread: LanguageHead.scratchBytes + LanguageHead.height * dimensions.width * 4)
    }

    /// Both.
    public static func + (a: Beside, b: Beside) -> Beside {
      Beside(
        weights: a.weights + b.weights, fixed: a.fixed + b.fixed, perToken: a.perToken + b.perToken,
        perThread: a.perThread + b.perThread)
    }
  }
}
