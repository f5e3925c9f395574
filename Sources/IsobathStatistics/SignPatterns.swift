// SPDX-License-Identifier: GPL-3.0-or-later

/// Patterns of signs, one sign per unit: all there are, or some drawn at random.
///
/// Nothing is stored: a block of patterns is made when it is asked for, from its number alone, so
/// that blocks can be asked for on any thread.
struct SignPatterns: Sendable, Equatable {
  /// How many signs a pattern has.
  let units: Int
  let kind: Kind

  enum Kind: Equatable {
    /// Every pattern but for a common sign, 2^(units − 1) of them: two-sided statistics do not
    /// see the common sign, so the last unit keeps its own.
    case all
    case drawn(count: Int, key: UInt64)
  }

  static let blockSize = 256

  /// Patterns in all.
  var count: Int {
    switch kind {
    case .all: 1 << max(0, units - 1)
    case .drawn(let count, _): count
    }
  }

  var blocks: Int { (count + Self.blockSize - 1) / Self.blockSize }

  /// The patterns of block k, each as ±1 per unit.
  func forEach(inBlock k: Int, _ body: (_ signs: [Double]) -> Void) {
    let range = k * Self.blockSize..<min(count, (k + 1) * Self.blockSize)
    var signs = [Double](repeating: 1, count: units)
    switch kind {
    case .all:
      for pattern in range {
        for unit in 0..<max(0, units - 1) { signs[unit] = pattern >> unit & 1 == 0 ? 1 : -1 }
        body(signs)
      }
    case .drawn(_, let key):
      let stream = RandomStream(seed: key, purpose: "signs", group: String(k))
      for _ in range {
        for start in stride(from: 0, to: units, by: 32) {
          let word = stream.word()
          for unit in start..<min(units, start + 32) {
            signs[unit] = word >> UInt32(unit - start) & 1 == 0 ? 1 : -1
          }
        }
        body(signs)
      }
    }
  }
}
