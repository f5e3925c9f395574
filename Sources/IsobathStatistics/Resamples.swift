// SPDX-License-Identifier: GPL-3.0-or-later

/// B bootstrap resamples of n units, the same for every site, order and model that is given them.
///
/// Nothing is stored: block k (64 resamples) is drawn when it is asked for, from the stream
/// (key, "resamples", k), the key being 64 bits of the stream given at the start. So a
/// `Resamples` is a few words, blocks can be drawn on any thread in any order, and the memory of
/// a bootstrap is one block per thread, 64·0.63·n pairs of 12 bytes: 60 kB at n = 120, 5 MB at 10 000.
package struct Resamples: Sendable, Equatable {
  /// n: what is drawn with replacement, documents or their sources.
  package let units: Int
  /// B.
  package let count: Int
  private let source: Source

  private enum Source: Equatable {
    case drawn(key: UInt64)
    case given([[Int]])
  }

  /// Resamples in one block.
  static let blockSize = 64

  /// B resamples of n units, whose randomness is the stream's next 64 bits.
  package init(documents n: Int, count: Int = 10_000, stream: RandomStream) {
    precondition(n >= 0 && count > 0, "cannot draw \(count) resamples of \(n) units")
    units = n
    self.count = count
    source = .drawn(key: stream.doubleWord())
  }

  /// Resamples made elsewhere, for comparing with another program on the same ones.
  package init(documents n: Int, indices: [[Int]]) {
    precondition(!indices.isEmpty, "a bootstrap needs at least one resample")
    precondition(
      indices.allSatisfy { $0.count == n && $0.allSatisfy { (0..<n).contains($0) } },
      "every resample must be \(n) indices below \(n)")
    units = n
    count = indices.count
    source = .given(indices)
  }

  /// How many blocks there are; the last may be short.
  var blocks: Int { (count + Self.blockSize - 1) / Self.blockSize }

  /// Which resamples block k holds.
  func range(ofBlock k: Int) -> Range<Int> {
    k * Self.blockSize..<min(count, (k + 1) * Self.blockSize)
  }

  /// Block k, drawn or looked up.
  func block(_ k: Int) -> ResampleBlock {
    let range = range(ofBlock: k)
    var block = ResampleBlock(units: units, capacity: range.count)
    switch source {
    case .drawn(let key):
      let stream = RandomStream(seed: key, purpose: "resamples", group: String(k))
      let units = units
      for _ in range {
        block.append { times in
          for _ in 0..<units { times[stream.integer(below: units)] += 1 }
        }
      }
    case .given(let indices):
      for resample in range {
        block.append { times in
          for unit in indices[resample] { times[unit] += 1 }
        }
      }
    }
    return block
  }
}
