// SPDX-License-Identifier: GPL-3.0-or-later

/// What can go wrong before a forward pass begins.
public enum ForwardError: Error, Equatable, Sendable {
  /// The memory budget does not hold one block and one document.
  case overBudget(needed: Int, budget: Int)
}

extension ForwardError: CustomStringConvertible {
  /// One sentence: what, where, and what to do.
  public var description: String {
    switch self {
    case .overBudget(let needed, let budget):
      "one block of the model and the longest document need \(needed >> 20) MiB and the memory "
        + "budget is \(budget >> 20) MiB; raise --memory or cut documents with --max-tokens"
    }
  }
}
