// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// A named stream of random numbers: the same name gives the same numbers on every machine.
///
/// GSL's MT19937, seeded by `StreamSeed` from (seed, purpose, group). One owner draws from a
/// stream at a time, so the type is not `Sendable`: a task makes its own, under its own name.
package final class RandomStream {
  private let generator: UnsafeMutablePointer<gsl_rng>

  /// - Parameters:
  ///   - seed: the run's seed.
  ///   - purpose: what the numbers are for, such as `bootstrap`.
  ///   - group: which part of the purpose draws them, such as a row's key.
  package init(seed: UInt64, purpose: String, group: String = "") {
    _ = GSL.ready
    guard let generator = gsl_rng_alloc(isobath_gsl_rng_mt19937()) else {
      preconditionFailure("no memory for the 5 kB state of a random stream")
    }
    self.generator = generator
    // GSL replaces a seed of 0 by 4357, MT19937's own default.
    gsl_rng_set(generator, UInt(StreamSeed.of(seed: seed, purpose: purpose, group: group)))
  }

  deinit { gsl_rng_free(generator) }

  /// The next 32 random bits.
  package func word() -> UInt32 { UInt32(truncatingIfNeeded: gsl_rng_get(generator)) }

  /// The next 64 random bits: two words, the high one first.
  package func doubleWord() -> UInt64 {
    let high = UInt64(word())
    return high << 32 | UInt64(word())
  }

  /// Uniform on [0, 1), in steps of 2⁻³².
  package func uniform() -> Double { gsl_rng_uniform(generator) }

  /// Uniform on 0 … bound − 1, each exactly equally likely: GSL draws again where a remainder
  /// would favour some.
  package func integer(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= Int(UInt32.max), "cannot draw an integer below \(bound)")
    return Int(gsl_rng_uniform_int(generator, UInt(bound)))
  }

  /// Normal with mean 0 and standard deviation `sigma`, by the polar method.
  package func gaussian(sigma: Double = 1) -> Double { gsl_ran_gaussian(generator, sigma) }

  /// Puts the elements in a uniformly random order (Fisher–Yates, from the end).
  package func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, integer(below: last + 1))
    }
  }
}
