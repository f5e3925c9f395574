// SPDX-License-Identifier: GPL-3.0-or-later

/// Tokens by their bytes, for finding all that begin at a place of a text.
///
/// An edge is one word in a hash table: the node it leaves, its byte, the node it enters.
struct ByteTrie: Sendable {
  /// A power of two, at most half full; all ones where free.
  private var slots: [UInt64]
  private let mask: Int
  /// The value of each node, −1 for none; the root is node 0.
  private var values: [Int32]
  private static let free = UInt64.max
  static let root: Int32 = 0

  /// - Parameter tokens: each token's bytes; its place is its value, and the last of equal ones
  ///   counts. An empty one is not found.
  init(_ tokens: [ArraySlice<UInt8>]) {
    // In their order neighbours share what they begin with: each node is met once.
    let order = ByteTrie.sorted(tokens)
    var shared: [Int32] = []
    shared.reserveCapacity(order.count)
    var nodes = 1
    var last: ArraySlice<UInt8> = []
    for place in order {
      let token = tokens[Int(place)]
      let common = ByteTrie.common(last, token)
      shared.append(Int32(common))
      nodes += token.count - common
      last = token
    }
    precondition(nodes < 1 << 28, "a trie of \(nodes) nodes")
    var size = 64
    while size < 2 * nodes { size *= 2 }
    slots = Array(repeating: ByteTrie.free, count: size)
    mask = size - 1
    values = [-1]
    values.reserveCapacity(nodes)
    var path: [Int32] = [0]
    for (place, common) in zip(order, shared) {
      path.removeLast(path.count - 1 - Int(common))
      let token = tokens[Int(place)]
      for byte in token[(token.startIndex + Int(common))...] {
        let child = Int32(values.count)
        add(ByteTrie.key(path[path.count - 1], byte) | UInt64(child))
        values.append(-1)
        path.append(child)
      }
      if path.count > 1 { values[Int(path[path.count - 1])] = place }
    }
  }

  /// The places of tokens in the order of their bytes, equal ones in their own.
  private static func sorted(_ tokens: [ArraySlice<UInt8>]) -> [Int32] {
    // The first sixteen bytes settle nearly all.
    var keys: [(high: UInt64, low: UInt64, place: Int32)] = []
    keys.reserveCapacity(tokens.count)
    for (place, token) in tokens.enumerated() {
      keys.append((word(token.prefix(8)), word(token.dropFirst(8).prefix(8)), Int32(place)))
    }
    keys.sort { a, b in
      if a.high != b.high { return a.high < b.high }
      if a.low != b.low { return a.low < b.low }
      let (left, right) = (tokens[Int(a.place)], tokens[Int(b.place)])
      if left.elementsEqual(right) { return a.place < b.place }
      return left.lexicographicallyPrecedes(right)
    }
    return keys.map(\.place)
  }

  /// Up to eight bytes as one number that sorts as they do.
  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var word: UInt64 = 0
    for byte in bytes { word = word << 8 | UInt64(byte) }
    return word << UInt64(8 * (8 - bytes.count))
  }

  private static func common(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
    var count = 0
    for (left, right) in zip(a, b) {
      if left != right { break }
      count += 1
    }
    return count
  }

  @inline(__always) private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 {
    UInt64(node) << 36 | UInt64(byte) << 28
  }

  @inline(__always) private static func start(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: ((key >> 28) &* 0x9E37_79B9_7F4A_7C15) >> 20)
  }

  private mutating func add(_ word: UInt64) {
    var at = ByteTrie.start(word & ~0xFFF_FFFF) & mask
    while slots[at] != ByteTrie.free { at = (at + 1) & mask }
    slots[at] = word
  }

  /// The node that a byte leads to; nil when no token goes on with it.
  @inline(__always) func child(_ node: Int32, _ byte: UInt8) -> Int32? {
    let key = ByteTrie.key(node, byte)
    return slots.withUnsafeBufferPointer { slots in
      var at = ByteTrie.start(key) & mask
      while true {
        let word = slots[at]
        if word == ByteTrie.free { return nil }
        if word & ~0xFFF_FFFF == key { return Int32(truncatingIfNeeded: word & 0xFFF_FFFF) }
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
