// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

extension Sight {
  /// What the queries of each block see: a window in the blocks that `layer_types` calls
  /// `sliding_attention`, or where that key is absent, in those that the family's rule names.
  ///
  /// - Parameters:
  ///   - blocks: how many there are.
  ///   - window: its tokens; nil when the configuration has none.
  ///   - rule: whether a block looks through the window.
  package static func perBlock(
    _ c: ConfigReader, blocks: Int, window: Int?, where rule: (Int) -> Bool = { _ in true }
  ) throws -> [Sight] {
    let types = try c.strings("layer_types")
    guard types?.count ?? blocks == blocks else {
      throw ModelError.unsupported(
        key: c.name("layer_types"), found: "\(types?.count ?? 0) entries",
        supported: "one for each of \(blocks) blocks", file: c.file)
    }
    return try (0..<blocks).map { block in
      switch types?[block] {
      case nil: window.flatMap { rule(block) ? .window($0) : nil } ?? .past
      case "full_attention": .past
      case "sliding_attention" where window != nil: window.map { .window($0) } ?? .past
      case let other?:
        throw ModelError.unsupported(
          key: c.name("layer_types"), found: "\(other) in block \(block)",
          supported: window == nil
            ? "full_attention where there is no window" : "full_attention, sliding_attention",
          file: c.file)
      }
    }
  }
}

extension ConfigReader {
  /// A size that may be null or absent.
  func optionalSize(_ key: String) throws -> Int? { try has(key) ? positiveInt(key) : nil }
}
