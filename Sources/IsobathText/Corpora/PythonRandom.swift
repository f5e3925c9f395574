// SPDX-License-Identifier: GPL-3.0-or-later

/// CPython's `random.Random` (3.11 and 3.12): the Mersenne Twister MT19937 of Matsumoto and Nishimura
/// (1998) with their initialisation of 2002, so that samples that others drew are drawn again.
struct PythonRandom {
  private static let size = 624
  private static let middle = 397
  private var state = [UInt32](repeating: 0, count: size)
  private var next = size

  /// `random.seed(seed)` for an int: its 32-bit words, the lowest first, are the key.
  init(seed: UInt64) {
    let (low, high) = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    start(key: high == 0 ? [low] : [low, high])
  }

  private mutating func start(number: UInt32) {
    state[0] = number
    for i in 1..<PythonRandom.size {
      state[i] = 1_812_433_253 &* (state[i - 1] ^ state[i - 1] >> 30) &+ UInt32(i)
    }
  }

  private mutating func start(key: [UInt32]) {
    let size = PythonRandom.size
    start(number: 19_650_218)
    var (i, j) = (1, 0)
    func advance() {
      i += 1
      if i < size { return }
      state[0] = state[size - 1]
      i = 1
    }
    for _ in 0..<max(size, key.count) {
      state[i] =
        (state[i] ^ (state[i - 1] ^ state[i - 1] >> 30) &* 1_664_525)
        &+ key[j] &+ UInt32(j)
      advance()
      j = (j + 1) % key.count
    }
    for _ in 1..<size {
      state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >> 30) &* 1_566_083_941) &- UInt32(i)
      advance()
    }
    state[0] = 0x8000_0000
  }

  private mutating func twist() {
    let (size, middle) = (PythonRandom.size, PythonRandom.middle)
    for k in 0..<size {
      let y = state[k] & 0x8000_0000 | state[(k + 1) % size] & 0x7FFF_FFFF
      state[k] = state[(k + middle) % size] ^ y >> 1 ^ (y & 1 == 0 ? 0 : 0x9908_B0DF)
    }
    next = 0
  }

  /// The next 32 bits.
  mutating func word() -> UInt32 {
    if next == PythonRandom.size { twist() }
    var y = state[next]
    next += 1
    y ^= y >> 11
    y ^= y << 7 & 0x9D2C_5680
    y ^= y << 15 & 0xEFC6_0000
    return y ^ y >> 18
  }

  /// `getrandbits(count)`, for 1 to 64 bits.
  mutating func bits(_ count: Int) -> UInt64 {
    guard count > 32 else { return UInt64(word() >> UInt32(32 - count)) }
    let low = UInt64(word())
    return low | UInt64(word() >> UInt32(64 - count)) << 32
  }

  /// `_randbelow_with_getrandbits(bound)`, for a bound above 0: bits are drawn until they are below.
  mutating func below(_ bound: Int) -> Int {
    let count = Int.bitWidth - bound.leadingZeroBitCount
    while true {
      let drawn = bits(count)
      if drawn < UInt64(bound) { return Int(drawn) }
    }
  }

  /// `random.sample(range(population), count)`, for a count of 0 to the population.
  mutating func sample(_ population: Int, _ count: Int) -> [Int] {
    // A set of `count` numbers costs CPython as much as a list of this length.
    var most = 21
    if count > 5 {
      var power = 1
      while power < count.multipliedReportingOverflow(by: 3).partialValue { power *= 4 }
      most += power
    }
    guard population > most else { return sampleFromPool(population, count) }
    var selected = Set<Int>(minimumCapacity: count)
    return (0..<count).map { _ in
      while true {
        let drawn = below(population)
        if selected.insert(drawn).inserted { return drawn }
      }
    }
  }

  private mutating func sampleFromPool(_ population: Int, _ count: Int) -> [Int] {
    var pool = Array(0..<population)
    return (0..<count).map { index in
      let drawn = below(population - index)
      defer { pool[drawn] = pool[population - index - 1] }
      return pool[drawn]
    }
  }
}

/// Documents drawn as CPython draws them.
package struct CorpusSample: Sendable, Equatable {
  package let count: Int
  package let seed: UInt64

  /// Of the papers whose data sets have presets.
  package static let usualSeed: UInt64 = 123

  package init(count: Int, seed: UInt64 = usualSeed) {
    self.count = count
    self.seed = seed
  }

  /// The indices of the documents in the order in which they are drawn; nil when there are too few.
  package func draw(from documents: Int) -> [Int]? {
    guard (0...documents).contains(count) else { return nil }
    var random = PythonRandom(seed: seed)
    return random.sample(documents, count)
  }

  /// Says what was done, in the words of who would repeat it.
  func rule(_ documents: Int) -> String {
    "drawn as Python does: random.seed(\(seed)); random.sample(range(\(documents)), \(count))"
  }
}
