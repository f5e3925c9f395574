// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// How the width of an attention part is divided: `queries` heads read `keys` shared key-value heads.
package struct Heads: Sendable {
  package let queries: Int
  package let keys: Int
  /// Features per head.
  package let width: Int

  /// All query heads' features.
  package var all: Int { queries * width }
  /// Queries, keys and values side by side.
  package var stacked: Int { (queries + 2 * keys) * width }
  /// The key-value head that a query head reads.
  package func key(of query: Int) -> Int { query / (queries / keys) }

  /// The features of a head among those of all queries, keys and values.
  func columns(_ head: Int) -> Range<Int> { (head * width)..<((head + 1) * width) }

  /// Grouped-query heads, as Llama's relatives spell them; `head_dim` may be absent.
  package init(_ c: ConfigReader, width model: Int) throws {
    queries = try c.positiveInt("num_attention_heads")
    keys = try c.has("num_key_value_heads") ? c.positiveInt("num_key_value_heads") : queries
    width =
      try c.has("head_dim")
      ? c.positiveInt("head_dim") : Heads.share(of: model, among: queries, c)
    try Heads.check(width, c)
    guard queries % keys == 0 else {
      throw ModelError.unsupported(
        key: c.name("num_key_value_heads"), found: "\(keys)",
        supported: "a divisor of \(queries) heads",
        file: c.file)
    }
  }

  /// As many key-value heads as query heads.
  package init(equal count: Int, width model: Int, _ c: ConfigReader) throws {
    queries = count
    keys = count
    width = try Heads.share(of: model, among: count, c)
    try Heads.check(width, c)
  }

  /// Refuses what no model has before anything is made for each feature.
  private static func check(_ width: Int, _ c: ConfigReader) throws {
    guard width <= 1 << 16 else {
      throw ModelError.unsupported(
        key: c.name("head_dim"), found: "\(width)", supported: "at most 65536 features a head",
        file: c.file)
    }
  }

  private static func share(of model: Int, among heads: Int, _ c: ConfigReader) throws -> Int {
    guard model % heads == 0 else {
      throw ModelError.unsupported(
        key: "number of heads", found: "\(heads)", supported: "a divisor of the width \(model)",
        file: c.file)
    }
    return model / heads
  }
}
