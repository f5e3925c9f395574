// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathModel

/// What a survey will hold in memory, and therefore how it walks through model and documents.
///
/// Held at once: the weights (all blocks, or one), the batch's states (the stream, its successor and
/// a block's scratch), and per thread the attention scores and a document's Gram matrices.
public struct MemoryPlan: Sendable, Equatable {
  /// Where a block's weights are between batches.
  public enum Residency: String, Sendable {
    /// Every block is loaded once and stays.
    case resident
    /// One block at a time is loaded, used for the whole batch, and dropped.
    case streaming
  }

  /// Whether blocks stay in memory.
  public let residency: Residency
  /// The most tokens of documents that are pushed through the model together.
  public let batchTokens: Int
  /// Bytes of weights held at once, as float32.
  public let weightBytes: Int
  /// Bytes of states and scratch of a full batch.
  public let stateBytes: Int
  /// Bytes of measuring and attention scratch on all threads.
  public let workBytes: Int

  /// What the plan expects the process to hold at its fullest.
  public var peakBytes: Int { MemoryPlan.programBytes + weightBytes + stateBytes + workBytes }

  /// The program itself: code, libraries, tokenizer, run store.
  static let programBytes = 120 << 20
  /// Enough rows for matrix products at full speed while blocks are resident.
  static let residentBatch = 2048
  /// In streaming, a batch amortises the loading of each block; more than this gains nothing.
  static let streamingBatch = 32_768

  /// The plan for a model and documents under a budget.
  ///
  /// - Parameters:
  ///   - costs: bytes of the model's parts.
  ///   - dimensions: sizes of the model.
  ///   - longest: tokens of the longest document.
  ///   - budget: bytes that the process may hold.
  ///   - threads: how many threads work.
  /// - Throws: `ForwardError.overBudget` when not even one document fits.
  public init(
    costs: ModelCosts, dimensions: Dimensions, longest: Int, budget: Int, threads: Int
  ) throws(ForwardError) {
    let perToken = (3 * dimensions.width + dimensions.scratch) * 4
    let scores = 128 * longest * 4
    let side = min(longest, dimensions.width)
    let measuring = (4 * side * side + longest * dimensions.width) * 8
    workBytes = threads * (scores + measuring)

    let resident = costs.blocks.reduce(costs.ends, +)
    let one = (costs.blocks.max() ?? 0) + costs.ends
    let fixed = MemoryPlan.programBytes + workBytes
    let smallest = max(longest, 1) * perToken
    let usual = max(longest, MemoryPlan.residentBatch) * perToken
    if fixed + resident + usual <= budget {
      residency = .resident
      weightBytes = resident
      batchTokens = max(longest, MemoryPlan.residentBatch)
    } else {
      guard fixed + one + smallest <= budget else {
        throw .overBudget(needed: fixed + one + smallest, budget: budget)
      }
      residency = .streaming
      weightBytes = one
      let room = (budget - fixed - one) / perToken
      batchTokens = max(longest, min(room, MemoryPlan.streamingBatch))
    }
    stateBytes = batchTokens * perToken
  }

  /// Documents in order, divided so that no batch is over `batchTokens` unless it is one document.
  public func batches(lengths: [Int]) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var start = 0
    var tokens = 0
    for (index, length) in lengths.enumerated() {
      if index > start, tokens + length > batchTokens {
        batches.append(start..<index)
        (start, tokens) = (index, 0)
      }
      tokens += length
    }
    if start < lengths.count { batches.append(start..<lengths.count) }
    return batches
  }
}
