// SPDX-License-Identifier: GPL-3.0-or-later

/// The tokens of a model and their ids, found by their bytes.
///
/// All bytes stand in one pool: a vocabulary of 256,000 tokens costs three arrays and no strings.
struct Vocabulary: Sendable {
  private struct Entry {
    let start: Int32
    let count: Int32
    let id: Int32
  }

  private struct Slot {
    var index: Int32 = -1
    var tag: UInt32 = 0
  }

  private var pool: [UInt8] = []
  private var entries: [Entry] = []
  /// Indices of entries with half of their hashes, −1 where free; a power of two, at most half full.
  private var slots: [Slot]
  /// The entry of each id, −1 where the id has none.
  private var entryOfID: [Int32] = []
  /// One more than the largest id.
  private(set) var end: Int32 = 0

  /// Differs from process to process, so that no file can be made whose tokens all collide.
  private static let seed = UInt64.random(in: .min ... .max)

  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    entries.reserveCapacity(capacity)
    pool.reserveCapacity(8 * capacity)
    entryOfID.reserveCapacity(capacity)
  }

  /// Tokens whose places are their ids.
  init(_ tokens: [ArraySlice<UInt8>]) {
    self.init(capacity: tokens.count)
    for (id, token) in tokens.enumerated() { insert(token, id: Int32(id)) }
  }

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }

  /// Adds a token; a token that is there already gets the new id as well, as the last of a list wins.
  mutating func insert(_ bytes: some Collection<UInt8>, id: Int32) {
    if 2 * (entries.count + 1) > slots.count { grow() }
    let start = pool.count
    pool.append(contentsOf: bytes)
    let length = pool.count - start
    let index = Int32(entries.count)
    entries.append(Entry(start: Int32(start), count: Int32(length), id: id))
    let slot = pool.withUnsafeBufferPointer { pool in
      place(UnsafeBufferPointer(rebasing: pool[start...]), pool)
    }
    slots[slot.at] = Slot(index: index, tag: slot.tag)
    while entryOfID.count <= Int(id) { entryOfID.append(-1) }
    entryOfID[Int(id)] = index
    end = max(end, id + 1)
  }

  /// Where these bytes are, or where they would go.
  private func place(
    _ bytes: UnsafeBufferPointer<UInt8>, _ pool: UnsafeBufferPointer<UInt8>
  ) -> (at: Int, tag: UInt32) {
    let hash = Vocabulary.hash(bytes)
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    let at = slots.withUnsafeBufferPointer { slots in
      let mask = slots.count - 1
      var at = Int(truncatingIfNeeded: hash) & mask
      while slots[at].index >= 0 {
        if slots[at].tag == tag, equals(entries[Int(slots[at].index)], bytes, pool) { return at }
        at = (at + 1) & mask
      }
      return at
    }
    return (at, tag)
  }

  private func equals(
    _ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>, _ pool: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard Int(entry.count) == bytes.count else { return false }
    let start = Int(entry.start)
    for at in 0..<bytes.count where pool[start + at] != bytes[at] { return false }
    return true
  }

  private mutating func grow() {
    let mask = 2 * slots.count - 1
    var larger = [Slot](repeating: Slot(), count: 2 * slots.count)
    pool.withUnsafeBufferPointer { pool in
      for slot in slots where slot.index >= 0 {
        let entry = entries[Int(slot.index)]
        let bytes = pool.part(Int(entry.start)..<Int(entry.start + entry.count))
        var at = Int(truncatingIfNeeded: Vocabulary.hash(bytes)) & mask
        while larger[at].index >= 0 { at = (at + 1) & mask }
        larger[at] = slot
      }
    }
    slots = larger
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = seed ^ UInt64(truncatingIfNeeded: bytes.count)
    var at = 0
    let raw = UnsafeRawBufferPointer(bytes)
    while at + 8 <= bytes.count {
      hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    var rest: UInt64 = 0
    while at < bytes.count {
      rest = rest << 8 | UInt64(bytes[at])
      at += 1
    }
    return mixed(hash ^ rest)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  /// The id of a token; nil when these bytes are none.
  func id(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    pool.withUnsafeBufferPointer { pool in
      let index = slots[place(bytes, pool).at].index
      return index < 0 ? nil : entries[Int(index)].id
    }
  }

  /// The id of a token that probably is this one.
  func id(_ bytes: UnsafeBufferPointer<UInt8>, guess: Int32) -> Int32? {
    pool.withUnsafeBufferPointer { pool in
      guard entryOfID.indices.contains(Int(guess)), entryOfID[Int(guess)] >= 0,
        equals(entries[Int(entryOfID[Int(guess)])], bytes, pool)
      else { return id(bytes) }
      return guess
    }
  }

  func id(_ bytes: ArraySlice<UInt8>) -> Int32? { bytes.withUnsafeBufferPointer(id) }

  func id(_ bytes: [UInt8]) -> Int32? { bytes.withUnsafeBufferPointer(id) }

  func id(_ text: String) -> Int32? { id(Array(text.utf8)) }

  /// The bytes of a token; nil for an id that has none.
  subscript(id: Int32) -> ArraySlice<UInt8>? {
    guard entryOfID.indices.contains(Int(id)), entryOfID[Int(id)] >= 0 else { return nil }
    return bytes(of: entries[Int(entryOfID[Int(id)])])
  }

  private func bytes(of entry: Entry) -> ArraySlice<UInt8> {
    pool[Int(entry.start)..<Int(entry.start + entry.count)]
  }

  /// Visits all tokens that can be found, in the order they were added.
  func forEach(_ body: (_ bytes: ArraySlice<UInt8>, _ id: Int32) -> Void) {
    for entry in entries { body(bytes(of: entry), entry.id) }
  }

  /// The ids of `<0x00>` … `<0xFF>`; nil where there is no such token.
  var byteTokens: [Int32?] {
    (0..<256).map { byte in
      let hex = String(byte, radix: 16, uppercase: true)
      return id("<0x" + (hex.count == 1 ? "0" : "") + hex + ">")
    }
  }
}
