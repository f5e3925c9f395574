// SPDX-License-Identifier: GPL-3.0-or-later

/// What one thread keeps from piece to piece: memory, and the ids of short pieces it has met.
struct Workspace {
  var merger = Merger()
  var cache = PieceCache()
  var paths = UnigramPaths()
  var patterns = TextMemory()
}

/// The ids of short pieces that texts repeat.
struct PieceCache {
  private struct Slot {
    var low: UInt64 = 0
    /// The number of bytes in the topmost byte: 0 where free.
    var high: UInt64 = 0
    var start: Int32 = 0
    var count: Int32 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 1 << 12)
  private var used = 0
  private var pool: [Int32] = []
  private static let longest = 15
  /// A cache of this many pieces takes no more.
  private static let limit = 1 << 17

  /// Up to 15 bytes and their number, in two words.
  private static func key(_ piece: UnsafeBufferPointer<UInt8>) -> (low: UInt64, high: UInt64) {
    var (low, high) = (UInt64(0), UInt64(piece.count) << 56)
    for at in 0..<min(8, piece.count) { low |= UInt64(piece[at]) << UInt64(8 * at) }
    for at in min(8, piece.count)..<piece.count { high |= UInt64(piece[at]) << UInt64(8 * at - 64) }
    return (low, high)
  }

  private func slot(_ key: (low: UInt64, high: UInt64)) -> Int {
    let mask = slots.count - 1
    let product = (key.low ^ key.high &* 0xD6E8_FEB8_6659_FD93)
      .multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    var at = Int(truncatingIfNeeded: product.high ^ product.low) & mask
    while slots[at].high != 0, slots[at].high != key.high || slots[at].low != key.low {
      at = (at + 1) & mask
    }
    return at
  }

  /// Appends the ids of a piece if it is known.
  func append(_ piece: UnsafeBufferPointer<UInt8>, to ids: inout [Int32]) -> Bool {
    guard piece.count <= PieceCache.longest, !piece.isEmpty else { return false }
    let found = slots[slot(PieceCache.key(piece))]
    guard found.high != 0 else { return false }
    for at in Int(found.start)..<Int(found.start + found.count) { ids.append(pool[at]) }
    return true
  }

  /// Keeps the ids of a piece, if it is short.
  mutating func keep(_ piece: UnsafeBufferPointer<UInt8>, _ ids: ArraySlice<Int32>) {
    guard piece.count <= PieceCache.longest, !piece.isEmpty, used < PieceCache.limit else {
      return
    }
    if 2 * (used + 1) > slots.count { grow() }
    let key = PieceCache.key(piece)
    let at = slot(key)
    if slots[at].high == 0 { used += 1 }
    slots[at] = Slot(
      low: key.low, high: key.high, start: Int32(pool.count), count: Int32(ids.count))
    pool += ids
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: 2 * old.count)
    for found in old where found.high != 0 { slots[slot((found.low, found.high))] = found }
  }
}
