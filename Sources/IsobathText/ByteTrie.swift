// SPDX-License-Identifier: GPL-3.0-or-later

/// Tokens by their bytes, for finding all that begin at a place of a text.
///
/// An edge is one word: the node it leaves, its byte, the node it enters.
struct ByteTrie: Sendable {
  /// A power of two, at most half full; all ones where free.
  private var slots: [UInt64]
  private var mask: Int
  /// The value of each node, −1 for none; the root is node 0.
  private var values: [Int32] = [-1]
  private static let free = UInt64.max
  private static let nodeLimit = 1 << 27
  static let root: Int32 = 0

  /// - Parameter bytes: about how many bytes the tokens have together.
  init(bytes: Int) {
    var size = 1024
    while size < bytes { size *= 2 }
    slots = Array(repeating: ByteTrie.free, count: size)
    mask = size - 1
  }

  private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 {
    UInt64(node) << 36 | UInt64(byte) << 28
  }

  @inline(__always) private static func start(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: ((key >> 28) &* 0x9E37_79B9_7F4A_7C15) >> 20)
  }

  /// Sets the value of a token; a later one wins.
  ///
  /// - Returns: false when the trie is full.
  mutating func insert(_ token: some Sequence<UInt8>, value: Int32) -> Bool {
    var node = ByteTrie.root
    for byte in token {
      if let next = child(node, byte) {
        node = next
      } else {
        guard values.count < ByteTrie.nodeLimit else { return false }
        node = addChild(node, byte)
      }
    }
    values[Int(node)] = value
    return true
  }

  private mutating func addChild(_ node: Int32, _ byte: UInt8) -> Int32 {
    if 2 * (values.count + 1) > slots.count { grow() }
    let child = Int32(values.count)
    values.append(-1)
    place(ByteTrie.key(node, byte) | UInt64(child))
    return child
  }

  private mutating func place(_ word: UInt64) {
    var at = ByteTrie.start(word & ~0xFFF_FFFF) & mask
    while slots[at] != ByteTrie.free { at = (at + 1) & mask }
    slots[at] = word
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: ByteTrie.free, count: 2 * old.count)
    mask = slots.count - 1
    for word in old where word != ByteTrie.free { place(word) }
  }

  /// The node that a byte leads to; nil when no token goes on with it.
  @inline(__always) func child(_ node: Int32, _ byte: UInt8) -> Int32? {
    let key = ByteTrie.key(node, byte)
    return slots.withUnsafeBufferPointer { slots in
      var at = ByteTrie.start(key) & mask
      while true {
        let word = slots[at]
        if word & ~0xFFF_FFFF == key, word != ByteTrie.free {
          return Int32(truncatingIfNeeded: word & 0xFFF_FFFF)
        }
        if word == ByteTrie.free { return nil }
        at = (at + 1) & mask
      }
    }
  }

  /// The value of the token that ends at a node, −1 for none.
  @inline(__always) func value(_ node: Int32) -> Int32 { values[Int(node)] }

  /// The node that these bytes lead to.
  func node(_ bytes: [UInt8]) -> Int32? {
    var node = ByteTrie.root
    for byte in bytes {
      guard let next = child(node, byte) else { return nil }
      node = next
    }
    return node
  }
}
