// SPDX-License-Identifier: GPL-3.0-or-later

/// What pairs of neighbouring tokens merge into, and how early.
struct PairTable: Sendable {
  /// A merge: the lower the rank the earlier.
  struct Merge {
    let rank: Int32
    let result: Int32
    static let none = Merge(rank: .max, result: -1)
  }

  private struct Slot {
    var key: UInt64
    var merge: Merge
  }

  /// A power of two, at most half full; the key is all ones where free.
  private var slots: [Slot]
  private var mask: Int
  private(set) var count = 0
  private static let free = UInt64.max

  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = Array(repeating: Slot(key: PairTable.free, merge: .none), count: size)
    mask = size - 1
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  private static func start(_ key: UInt64) -> Int {
    let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }

  /// Sets what a pair merges into; a later call for the same pair wins.
  ///
  /// No more pairs than the capacity may be set.
  mutating func set(_ left: Int32, _ right: Int32, _ merge: Merge) {
    let key = PairTable.key(left, right)
    var at = PairTable.start(key) & mask
    while slots[at].key != PairTable.free, slots[at].key != key { at = (at + 1) & mask }
    if slots[at].key == PairTable.free {
      precondition(2 * (count + 1) <= slots.count, "a pair table of \(slots.count / 2) is full")
      count += 1
    }
    slots[at] = Slot(key: key, merge: merge)
  }

  /// What the pair merges into, or a merge of the highest rank when it does not.
  subscript(left: Int32, right: Int32) -> Merge {
    let key = PairTable.key(left, right)
    return slots.withUnsafeBufferPointer { slots in
      var at = PairTable.start(key) & mask
      while true {
        let slot = slots[at]
        if slot.key == key { return slot.merge }
        if slot.key == PairTable.free { return .none }
        at = (at + 1) & mask
      }
    }
  }
}
