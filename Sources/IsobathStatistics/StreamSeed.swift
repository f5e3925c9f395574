// SPDX-License-Identifier: GPL-3.0-or-later

/// The digest that turns the name of a random stream into a seed.
///
/// FNV-1a (64 bits) over: the seed as 8 little-endian bytes; the purpose's length in bytes as 8
/// little-endian bytes, then its UTF-8; the group's length and UTF-8 likewise. The result goes
/// through the finaliser of SplitMix64, and its two halves are XORed: MT19937 takes 32 bits.
/// Sources: Fowler, Noll and Vo, RFC 9923; Steele, Lea and Flood, OOPSLA 2014.
enum StreamSeed {
  static func of(seed: UInt64, purpose: String, group: String) -> UInt32 {
    let mixed = wide(seed: seed, purpose: purpose, group: group)
    return UInt32(truncatingIfNeeded: mixed >> 32) ^ UInt32(truncatingIfNeeded: mixed)
  }

  /// All 64 bits of the digest, for a generator that takes them.
  static func wide(seed: UInt64, purpose: String, group: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    absorb(seed, into: &hash)
    for text in [purpose, group] {
      let bytes = text.utf8
      absorb(UInt64(bytes.count), into: &hash)
      for byte in bytes { absorb(byte, into: &hash) }
    }
    return finalised(hash)
  }

  private static func absorb(_ byte: UInt8, into hash: inout UInt64) {
    hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  private static func absorb(_ word: UInt64, into hash: inout UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      absorb(UInt8(truncatingIfNeeded: word >> shift), into: &hash)
    }
  }

  /// SplitMix64's step from one state and its output.
  static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// SplitMix64's output from the state before it.
  static func finalised(_ word: UInt64) -> UInt64 {
    var z = word &+ step
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
