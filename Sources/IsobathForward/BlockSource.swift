// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathModel
import Synchronization

/// A model's blocks, loaded when asked for: kept, or owned by nobody but the caller.
final class BlockSource: Sendable {
  private let model: Model
  private let keeps: Bool
  private let kept = Mutex<[Int: any Block]>([:])

  init(_ model: Model, keeps: Bool) {
    self.model = model
    self.keeps = keeps
  }

  subscript(index: Int) -> any Block {
    get throws {
      if let block = kept.withLock({ $0[index] }) { return block }
      let block = try model.block(index)
      if keeps { kept.withLock { $0[index] = block } }
      return block
    }
  }
}
