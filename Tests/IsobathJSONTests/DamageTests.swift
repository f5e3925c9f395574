// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import Testing

/// Damaged texts are refused or read; nothing crashes.
@Suite struct DamageTests {
  /// One of each thing, with multi-byte characters, escapes and pairs in keys and values.
  static let sample = Array(
    #"""
    {"a": [0, -1.5e+10, 9007199254740993, true, false, null, "é漢😀"],
     "\ud83d\ude00\n": {"x": {}, "y": [], "\u0041": "\\\"\/\b\f\r\t\u00e9"}, "": [[[{"z": 0.1}]]]}
    """#.utf8)

  @Test func theSampleItselfIsRead() throws {
    #expect(try JSONDocument(Self.sample).root.count == 3)
  }

  @Test func everyPrefixIsRefused() {
    for length in 0..<Self.sample.count {
      let found = problem(Array(Self.sample.prefix(length)))
      #expect((found?.offset ?? .max) <= length, "prefix of \(length)")
    }
  }

  /// Changed, lost and repeated bytes: whatever is read can be walked to the end.
  @Test func randomDamageNeverCrashes() {
    var random = SplitMix(state: 11)
    var read = 0
    for _ in 0..<20_000 {
      var bytes = Self.sample
      for _ in 0...random.below(3) {
        let at = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes[at] = UInt8(random.below(256))
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(bytes[random.below(bytes.count)], at: at)
        default: bytes[at] ^= 1 << UInt8(random.below(8))
        }
      }
      do throws(JSONError) {
        walk(try JSONDocument(bytes).root)
        read += 1
      } catch {
        #expect(error.offset <= bytes.count && error.line >= 1 && error.column >= 1)
      }
    }
    #expect(read > 0 && read < 20_000)
  }

  private func walk(_ value: JSON) {
    _ = (value.int, value.double, value.bool, value.string, value.bytes)
    for element in value.elements { walk(element) }
    // A key is found under its own name.
    for (key, member) in value.members {
      #expect(value[key]?.kind == member.kind)
      walk(member)
    }
  }
}

/// The same numbers everywhere. https://prng.di.unimi.it/splitmix64.c
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
