// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathMeasure
import IsobathTestSupport
import Testing

/// Every measure of the catalog on spectra whose value is known.
@Suite struct ClosedFormTests {
  /// 8 equal directions of 8 tokens, width 16.
  private let flat = Spectrum(
    eigenvalues: [Double](repeating: 0.125, count: 8), tokens: 8, width: 16)
  /// ½, ¼, ¼ of 3 tokens, width 4.
  private let stepped = Spectrum(eigenvalues: [0.5, 0.25, 0.25], tokens: 3, width: 4)

  /// Values on the flat and on the stepped spectrum, nil where there is none; a measure without an
  /// entry fails.
  private var known: [String: (Double?, Double?)] {
    let (ln2, h) = (log(2.0), 1.5 * log(2.0))
    let null8 = log(8.0) - 0.25
    let null3 = log(3.0) - 0.375
    let root = Double(0.5).squareRoot()
    let q = [root, 0.5, 0.5].map { $0 / (root + 1) }
    let rank = exp(-q.reduce(0) { $0 + $1 * log($1) })
    return [
      "entropy": (3 * ln2, h), "entropy-per-log-width": (0.75, h / log(4)),
      "entropy-per-log-tokens": (1, h / log(3)), "entropy-per-log-rank": (1, h / log(3)),
      "entropy-per-both-logs": (1 / log(16), h / (log(3) * log(4))),
      "null-entropy": (null8, null3), "deficit": (null8 - 3 * ln2, null3 - h),
      "effective-rank-covariance": (8, exp(h)), "effective-rank-states": (8, rank),
      "participation-ratio": (8, 1 / 0.375), "stable-rank": (8, 2), "anisotropy": (0.125, 0.5),
      "surprisal-variance": (0, ln2 * ln2 / 4), "spectral-decay": (nil, nil),
    ]
  }

  @Test func everyMeasure() throws {
    let worst = WorstError("closed forms", tolerance: Tolerance.closedForm)
    for measure in measures {
      let (onFlat, onStepped) = try #require(known[measure.id], "\(measure.id) has no closed form")
      for (spectrum, value) in [(flat, onFlat), (stepped, onStepped)] {
        #expect((measure(spectrum) == nil) == (value == nil), "\(measure.id)")
        guard let value else { continue }
        worst.record(
          try #require(measure(spectrum)) - value, at: "\(measure.id), \(spectrum.tokens)")
      }
    }
    worst.check()
  }

  @Test func renyiOrders() throws {
    let worst = WorstError("Rényi closed forms", tolerance: Tolerance.closedForm)
    for order in [0, 0.25, 0.5, 1, 2, 3, 4, 100, Double.infinity] {
      let entropy = try #require(RenyiEntropy(order: order))
      worst.record(try #require(entropy(flat)) - log(8.0), at: "flat, \(order)")
    }
    let known: [Double: Double] = [
      0: log(3.0), 0.5: 2 * log(Double(0.5).squareRoot() + 1), 2: -log(0.375), .infinity: log(2.0),
    ]
    for (order, value) in known {
      let entropy = try #require(RenyiEntropy(order: order))
      worst.record(try #require(entropy(stepped)) - value, at: "stepped, \(order)")
    }
    worst.check()
    #expect(RenyiEntropy(order: -1) == nil)
    #expect(RenyiEntropy(order: .nan) == nil)
  }

  @Test func rankOneIsZero() throws {
    let one = Spectrum(eigenvalues: [1, 0, 0], tokens: 3, width: 5)
    #expect(VonNeumannEntropy()(one) == 0)
    for order in [0.5, 1, 2, 4, Double.infinity] {
      let entropy = try #require(RenyiEntropy(order: order))
      #expect(entropy(one) == 0)
    }
  }

  @Test(arguments: [0, 0.5, 1, 1.7]) func powerLaws(_ exponent: Double) throws {
    let weights = (1...150).map { pow(Double($0), -exponent) }
    let sum = weights.reduce(0, +)
    let spectrum = Spectrum(eigenvalues: weights.map { $0 / sum }, tokens: 150, width: 200)
    #expect(abs(try value("spectral-decay", spectrum) - exponent) < Tolerance.closedForm)
  }

  /// dS_α/dα at α = 1 is −½ Var(−ln p).
  @Test func theSlopeAtOneIsTheVariance() throws {
    let weights = (1...60).map { pow(Double($0), -1.3) }
    let sum = weights.reduce(0, +)
    let steep = Spectrum(eigenvalues: weights.map { $0 / sum }, tokens: 60, width: 90)
    for spectrum in [flat, stepped, steep] {
      let step = 1e-3
      let above = try #require(RenyiEntropy(order: 1 + step)?(spectrum))
      let below = try #require(RenyiEntropy(order: 1 - step)?(spectrum))
      let slope = (above - below) / (2 * step)
      #expect(abs(slope + (try value("surprisal-variance", spectrum)) / 2) < Tolerance.slope)
    }
  }

  @Test func theListsAreSound() {
    #expect(Set(allMeasures.map(\.id)).count == allMeasures.count)
    #expect(
      allMeasures.count
        == measures.count + 2 + trajectoryMeasures.count + pairMeasures.count + viewsMeasures.count
        + SiteScalar.all.count)
    for measure in allMeasures {
      #expect(measure.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
      #expect(!measure.formula.isEmpty && !measure.symbol.isEmpty && !measure.title.isEmpty)
      let about = measure.about
      #expect(
        about.contains("arXiv") || about.contains("19") || about.contains("20"),
        "\(measure.id) cites no source")
    }
  }
}
