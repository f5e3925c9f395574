// SPDX-License-Identifier: GPL-3.0-or-later

/// The keys of one object: a list while they are few, a hash table when they are many. All stand in
/// one array of bytes; no string is made of any.
struct KeySet {
  private var pool: [UInt8] = []
  /// Where each key ends in the pool; it begins where the one before ends.
  private var ends: [Int32] = []
  /// Numbers of keys, −1 where free; a power of two, at most half full, empty while keys are few.
  private var slots: [Int32] = []
  private static let few = 16
  /// Differs from process to process, so that no file can be made whose keys all collide.
  private static let seed = UInt64.random(in: .min ... .max)

  /// Whether the key was there already.
  mutating func insert(_ node: JSONNode, of bytes: [UInt8]) -> Bool {
    let start = pool.count
    if node.isEscaped {
      pool += JSONText.content(bytes, node)
    } else {
      pool += bytes[Int(node.start)..<Int(node.end)]
    }
    let key = Int32(ends.count)
    ends.append(Int32(pool.count))
    let isKnown: Bool
    if slots.isEmpty, ends.count <= KeySet.few {
      isKnown = (0..<key).contains { areEqual($0, key) }
    } else {
      if 2 * ends.count > slots.count { grow() }
      isKnown = !place(key)
    }
    if isKnown {
      pool.removeLast(pool.count - start)
      ends.removeLast()
    }
    return isKnown
  }

  private func range(_ key: Int32) -> Range<Int> {
    (key == 0 ? 0 : Int(ends[Int(key) - 1]))..<Int(ends[Int(key)])
  }

  private func areEqual(_ a: Int32, _ b: Int32) -> Bool {
    let (a, b) = (range(a), range(b))
    guard a.count == b.count else { return false }
    return pool.withUnsafeBufferPointer { pool in
      (0..<a.count).allSatisfy { pool[a.lowerBound + $0] == pool[b.lowerBound + $0] }
    }
  }

  /// Puts a key in its slot; false when an equal one is there.
  private mutating func place(_ key: Int32) -> Bool {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash(range(key))) & mask
    while slots[at] >= 0 {
      if areEqual(slots[at], key) { return false }
      at = (at + 1) & mask
    }
    slots[at] = key
    return true
  }

  /// Makes room; the last key is not placed yet.
  private mutating func grow() {
    slots = Array(repeating: -1, count: max(64, 4 * slots.count))
    for key in 0..<Int32(ends.count - 1) { _ = place(key) }
  }

  private func hash(_ range: Range<Int>) -> UInt64 {
    pool.withUnsafeBytes { pool in
      var hash = KeySet.seed ^ UInt64(truncatingIfNeeded: range.count)
      var at = range.lowerBound
      while at + 8 <= range.upperBound {
        hash = KeySet.mixed(hash ^ pool.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        at += 8
      }
      var rest: UInt64 = 0
      while at < range.upperBound {
        rest = rest << 8 | UInt64(pool[at])
        at += 1
      }
      return KeySet.mixed(hash ^ rest)
    }
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
