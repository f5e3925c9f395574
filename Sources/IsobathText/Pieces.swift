// SPDX-License-Identifier: GPL-3.0-or-later

/// A section of a text and the pieces it has been cut into; none of them is empty.
struct Pieces {
  private(set) var bytes: [UInt8]
  private(set) var ranges: [Range<Int>]
  /// Whether the first byte stands at the beginning of the whole text.
  private let isAtStart: Bool

  init(_ section: Section) {
    bytes = section.bytes
    ranges = section.bytes.isEmpty ? [] : [0..<section.bytes.count]
    isAtStart = section.isAtStart
  }

  /// Cuts each piece where the cuts that `body` makes say.
  mutating func cut(
    _ body: (UnsafeBufferPointer<UInt8>, inout Cuts) throws(TextError) -> Void
  ) throws(TextError) {
    let old = ranges
    let next = try bytes.withUnsafeBufferPointer { bytes throws(TextError) in
      var cuts = Cuts(capacity: old.count)
      for range in old {
        cuts.start = range.lowerBound
        try body(bytes.part(range), &cuts)
      }
      return cuts.ranges
    }
    ranges = next
  }

  /// Cuts at the characters of a kind.
  mutating func cut(at kind: CharacterClass, _ behaviour: SplitBehaviour) {
    let old = ranges
    ranges = bytes.withUnsafeBufferPointer { bytes in
      var cuts = Cuts(capacity: 2 * old.count)
      for range in old {
        cuts.start = range.lowerBound
        var matches: [Range<Int>] = []
        let piece = bytes.part(range)
        UTF8Scalar.forEach(piece) { value, range in
          if kind.contains(value) { matches.append(range) }
        }
        cuts.add(matches, of: piece.count, behaviour, invert: false)
      }
      return cuts.ranges
    }
  }

  mutating func cutIntoWords() {
    let old = ranges
    ranges = bytes.withUnsafeBufferPointer { bytes in
      var cuts = Cuts(capacity: 2 * old.count)
      for range in old {
        cuts.start = range.lowerBound
        var run = 0..<0
        var isWord = false
        UTF8Scalar.forEach(bytes.part(range)) { value, range in
          let word = Scalars.isWord(value)
          if !word, Scalars.isWhitespace(value) {
            cuts.append(run)
            run = range.upperBound..<range.upperBound
          } else if word == isWord || run.isEmpty {
            run = run.lowerBound..<range.upperBound
            isWord = word
          } else {
            cuts.append(run)
            (run, isWord) = (range, word)
          }
        }
        cuts.append(run)
      }
      return cuts.ranges
    }
  }

  /// Cuts in front of each mark.
  mutating func cut(before mark: [UInt8]) {
    let old = ranges
    ranges = bytes.withUnsafeBufferPointer { bytes in
      var cuts = Cuts(capacity: bytes.count / 5)
      for range in old {
        cuts.start = 0
        var start = range.lowerBound
        var at = start + 1
        while at + mark.count <= range.upperBound {
          if bytes[at] == mark[0], mark.indices.allSatisfy({ bytes[at + $0] == mark[$0] }) {
            cuts.append(start..<at)
            start = at
          }
          at += 1
        }
        cuts.append(start..<range.upperBound)
      }
      return cuts.ranges
    }
  }

  /// Cuts behind every so many characters.
  mutating func cut(every length: Int) {
    let old = ranges
    ranges = bytes.withUnsafeBufferPointer { bytes in
      var cuts = Cuts(capacity: old.count)
      for range in old {
        cuts.start = range.lowerBound
        var (start, count, end) = (0, 0, 0)
        UTF8Scalar.forEach(bytes.part(range)) { _, range in
          count += 1
          end = range.upperBound
          if count == length {
            cuts.append(start..<end)
            (start, count) = (end, 0)
          }
        }
        cuts.append(start..<end)
      }
      return cuts.ranges
    }
  }

  /// Writes something else for each piece.
  mutating func rewrite(
    _ body: (_ piece: UnsafeBufferPointer<UInt8>, _ isAtStart: Bool, _ result: inout [UInt8]) ->
      Void
  ) {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 4)
    var next: [Range<Int>] = []
    next.reserveCapacity(ranges.count)
    bytes.withUnsafeBufferPointer { bytes in
      for range in ranges {
        let start = result.count
        body(bytes.part(range), isAtStart && range.lowerBound == 0, &result)
        if result.count > start { next.append(start..<result.count) }
      }
    }
    bytes = result
    ranges = next
  }
}

/// Ranges of pieces, collected piece by piece; empty ones are dropped.
struct Cuts {
  private(set) var ranges: [Range<Int>] = []
  /// Where the piece that is being cut begins.
  var start = 0

  init(capacity: Int) { ranges.reserveCapacity(capacity) }

  mutating func append(_ range: Range<Int>) {
    if !range.isEmpty {
      ranges.append((start + range.lowerBound)..<(start + range.upperBound))
    }
  }

  /// Cuts a piece at matches, which may be empty.
  mutating func add(
    _ matches: [Range<Int>], of count: Int, _ behaviour: SplitBehaviour, invert: Bool
  ) {
    var joiner = Joiner(behaviour)
    var end = 0
    for match in matches {
      if match.lowerBound > end { joiner.add(end..<match.lowerBound, isMatch: invert, to: &self) }
      joiner.add(match, isMatch: !invert, to: &self)
      end = match.upperBound
    }
    if end < count { joiner.add(end..<count, isMatch: invert, to: &self) }
    joiner.finish(&self)
  }
}

/// Joins matches to their neighbours.
private struct Joiner {
  private let behaviour: SplitBehaviour
  private var pending: Range<Int>?
  private var lastWasMatch: Bool?

  init(_ behaviour: SplitBehaviour) { self.behaviour = behaviour }

  mutating func add(_ range: Range<Int>, isMatch: Bool, to cuts: inout Cuts) {
    let joins: Bool
    switch behaviour {
    case .removed:
      if !isMatch { cuts.append(range) }
      return
    case .isolated:
      cuts.append(range)
      return
    case .mergedWithPrevious: joins = isMatch && lastWasMatch == false
    case .mergedWithNext: joins = !isMatch && lastWasMatch == true
    case .contiguous: joins = isMatch == lastWasMatch
    }
    lastWasMatch = isMatch
    if joins, let before = pending {
      pending = before.lowerBound..<range.upperBound
    } else {
      finish(&cuts)
      pending = range
    }
  }

  mutating func finish(_ cuts: inout Cuts) {
    if let pending { cuts.append(pending) }
    pending = nil
  }
}
