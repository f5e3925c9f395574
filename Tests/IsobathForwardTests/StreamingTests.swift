// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathForward
import IsobathLinear
import IsobathModel
import IsobathTestSupport
import Synchronization
import Testing

/// In streaming mode one block's weights are alive at a time.
@Suite struct StreamingTests {
  /// Counts the blocks that are alive, and how many were at most.
  private final class Census: Sendable {
    private let counts = Mutex((alive: 0, most: 0, loads: 0))
    func born() {
      counts.withLock { $0 = ($0.alive + 1, max($0.most, $0.alive + 1), $0.loads + 1) }
    }
    func died() { counts.withLock { $0.alive -= 1 } }
    func reset() { counts.withLock { $0 = ($0.alive, $0.alive, 0) } }
    var most: Int { counts.withLock { $0.most } }
    var loads: Int { counts.withLock { $0.loads } }
  }

  /// A block that tells the census of its life.
  private final class Spy: Block {
    private let block: any Block
    private let census: Census

    init(_ block: any Block, _ census: Census) {
      self.block = block
      self.census = census
      census.born()
    }

    deinit { census.died() }

    func callAsFunction(_ x: Matrix, _ tap: BlockPass) throws -> Matrix { try block(x, tap) }
  }

  /// A Llama whose blocks are spied on.
  private struct Watched: Architecture {
    static let name = "watched"
    static let about = ""
    static let modelTypes: Set<String> = []
    static let gguf: GGUFNames? = nil
    static func initialisation(of modelType: String) -> Initialisation? { nil }
    static func ignores(_ tensor: String) -> Bool { Llama.ignores(tensor) }

    let llama: Llama
    let census: Census
    var dimensions: Dimensions { llama.dimensions }

    init(_ config: ConfigReader) throws { try self.init(config, Census()) }

    init(_ config: ConfigReader, _ census: Census) throws {
      llama = try Llama(config)
      self.census = census
    }

    func embedding(_ w: Weights) throws -> any Embedding { try llama.embedding(w) }
    func block(_ index: Int, _ w: Weights) throws -> any Block {
      Spy(try llama.block(index, w), census)
    }
    func finalNorm(_ w: Weights) throws -> any RowMap { try llama.finalNorm(w) }
  }

  private func run(_ residency: MemoryPlan.Residency, batches: Int) throws -> Census {
    let checkpoint = try Checkpoint.open(Fixtures.path("tiny/llama-sharded"))
    let census = Census()
    let config = ConfigReader(checkpoint.config, file: checkpoint.configFile)
    let model = try Model(checkpoint, Watched(config, census))
    let documents = try Expected("llama-sharded").documents()
    census.reset()
    let pass = ForwardPass(model, residency: residency)
    let watch = Hook.observe([.finalNorm]) { _, _, _ in }
    for _ in 0..<batches { try pass(documents, hooks: [watch]) }
    return census
  }

  @Test func oneBlockAtATime() throws {
    let census = try run(.streaming, batches: 2)
    #expect(census.most == 1)
    #expect(census.loads == 6, "three blocks for each of two batches")
  }

  @Test func residentBlocksAreLoadedOnce() throws {
    let census = try run(.resident, batches: 2)
    #expect(census.most == 3)
    #expect(census.loads == 3)
  }

  @Test func thePlanStreamsWhenTheModelDoesNotFit() throws {
    let model = try Model.open(Fixtures.path("tiny/llama-gqa-tied"))
    let size = Dimensions(
      blocks: 40, width: 4096, vocabulary: 32000, context: 4096, scratch: 4096 + 2 * 11008)
    let costs = ModelCosts(blocks: [Int](repeating: 800 << 20, count: 40), ends: 16 << 10)
    let tight = try MemoryPlan(
      costs: costs, dimensions: size, longest: 512, budget: 4 << 30, threads: 2)
    #expect(tight.residency == .streaming && tight.peakBytes <= 4 << 30)
    #expect(tight.batchTokens > 2048)
    let wide = try MemoryPlan(
      costs: costs, dimensions: size, longest: 512, budget: 64 << 30, threads: 2)
    #expect(wide.residency == .resident && wide.peakBytes <= 64 << 30)
    #expect(throws: ForwardError.self) {
      try MemoryPlan(costs: costs, dimensions: size, longest: 512, budget: 1 << 29, threads: 2)
    }
    #expect(model.costs.blocks.count == 3)
    let batches = tight.batches(lengths: [10, 30_000, 20_000, 20_000, 1])
    #expect(batches.flatMap { Array($0) } == [0, 1, 2, 3, 4])
  }
}
