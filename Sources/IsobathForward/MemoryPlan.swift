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
  ///   - beside: what is held that is no part of the pass.
  /// - Throws: `ForwardError.overBudget` when not even one document fits.
  public init(
    costs: ModelCosts, dimensions: Dimensions, longest: Int, budget: Int, threads: Int,
    beside: Beside = Beside()
  ) throws(ForwardError) {
    let needs = Needs(costs, dimensions, longest: longest, threads: threads, beside: beside)
    workBytes = needs.work
    if needs.peak(.resident) <= budget {
      residency = .resident
      weightBytes = needs.resident
      batchTokens = max(longest, MemoryPlan.residentBatch)
    } else {
      let least = needs.peak(.streaming)
      guard least <= budget else { throw .overBudget(needed: least, budget: budget) }
      residency = .streaming
      weightBytes = needs.one
      let room = (budget - MemoryPlan.programBytes - needs.work - needs.one) / needs.perToken
      batchTokens = max(longest, min(room, MemoryPlan.streamingBatch))
    }
    stateBytes = batchTokens * needs.perToken
  }

  /// The bytes held at the fullest with every block in memory, or the fewest with one block at a time.
  public static func peak(
    _ costs: ModelCosts, _ dimensions: Dimensions, longest: Int, threads: Int,
    _ residency: Residency, beside: Beside = Beside()
  ) -> Int {
    Needs(costs, dimensions, longest: longest, threads: threads, beside: beside)
      .peak(residency)
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

/// What parts of a pass take, in bytes.
private struct Needs {
  let perToken: Int
  let work: Int
  /// All blocks.
  let resident: Int
  /// The largest block.
  let one: Int
  private let longest: Int

  init(
    _ costs: ModelCosts, _ dimensions: Dimensions, longest: Int, threads: Int,
    beside: MemoryPlan.Beside
  ) {
    perToken = (3 * dimensions.width + dimensions.scratch) * 4 + beside.perToken
    let scores = 128 * longest * 4
    let side = min(longest, dimensions.width)
    let measuring = (4 * side * side + longest * dimensions.width) * 8
    work = threads * (scores + measuring + beside.perThread) + beside.fixed
    let ends = costs.ends + beside.weights
    resident = costs.blocks.reduce(ends, +)
    one = (costs.blocks.max() ?? 0) + ends
    self.longest = max(longest, 1)
  }

  func peak(_ residency: MemoryPlan.Residency) -> Int {
    let fixed = MemoryPlan.programBytes + work
    return switch residency {
    case .resident: fixed + resident + max(longest, MemoryPlan.residentBatch) * perToken
    case .streaming: fixed + one + longest * perToken
    }
  }
}
