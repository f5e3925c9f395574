// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The entropies of a document's first t tokens, for growing t.
///
/// A causal model's states of the first t tokens do not depend on the rest, so one pass gives every
/// prefix: its Gram matrix is the leading block of the document's. A mask leaves the same tokens out of
/// every prefix; which ones are sinks is known from the whole document.
package struct PrefixEntropies: Sendable, Equatable {
  /// Values at some lengths; nil where the prefix has no spectrum (its first token, centred).
  package struct Curve: Sendable, Equatable {
    /// The Rényi order.
    package let order: Double
    /// t: the document's first tokens, those that the mask leaves out counted.
    package let positions: [Int]
    /// S_α in nats.
    package let values: [Double?]
  }

  /// Order 1 on the policy's lengths, order 2 at every length, then the other orders on the policy's.
  package let curves: [Curve]

  /// No prefix.
  static let none = PrefixEntropies(curves: [])

  private init(curves: [Curve]) { self.curves = curves }

  /// - Parameters:
  ///   - gram: the tokens that take part, and what is done to each prefix by itself.
  ///   - policy: the lengths of all orders but 2; nothing is measured when it is `.none`.
  ///   - orders: further ones beside 1 and 2.
  ///   - whole: the spectrum of all tokens, which is known already.
  init(
    _ gram: MaskedGram, _ policy: PositionPolicy, orders: [RenyiEntropy],
    whole: Result<Spectrum, MissingReason>
  ) {
    let tokens = gram.states.rows
    guard policy != .none, tokens > 0 else {
      curves = []
      return
    }
    let grid = policy.grid(tokens: tokens)
    let spectra = PrefixEntropies.spectra(gram, grid, whole: whole)
    let others = orders.filter { $0.order != 1 && $0.order != 2 }
    let onGrid = ([RenyiEntropy.shannon] + others).map { entropy in
      Curve(
        order: entropy.order, positions: grid,
        values: spectra.map { spectrum in spectrum.flatMap { entropy($0) } })
    }
    let two = gram.collisionEntropies()
    let lengths = Array(1...tokens)
    let every = Curve(
      order: 2, positions: lengths,
      values: gram.counts(lengths).map { $0 > 0 ? two[$0 - 1] : nil })
    curves = [onGrid[0], every] + onGrid.dropFirst()
  }

  /// The spectrum of each prefix; one that adds no token to the last has its spectrum.
  private static func spectra(
    _ gram: MaskedGram, _ grid: [Int], whole: Result<Spectrum, MissingReason>
  ) -> [Spectrum?] {
    var last: (count: Int, spectrum: Spectrum?) = (0, nil)
    return gram.counts(grid).map { count in
      guard count != last.count else { return last.spectrum }
      do throws(MissingReason) {
        last = (
          count,
          try count == gram.tokens.count ? whole.get() : gram.kernel(count).spectrum()
        )
      } catch { last = (count, nil) }
      return last.spectrum
    }
  }
}

extension MaskedGram {
  /// How many of the tokens stand among the first t, for ascending t.
  fileprivate func counts(_ lengths: [Int]) -> [Int] {
    var count = 0
    return lengths.map { length in
      while count < tokens.count, tokens[count] < length { count += 1 }
      return count
    }
  }
}
