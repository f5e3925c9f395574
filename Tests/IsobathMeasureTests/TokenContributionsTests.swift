// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear
import IsobathMeasure
import IsobathTestSupport
import Testing

/// Each token's part of the entropy: its mean, its closed forms, and who has none.
@Suite struct TokenContributionsTests {
  private func parts(_ found: TokenContributions) -> [Double] {
    found.values.compactMap { value -> Double? in
      if case .success(let part) = value { part } else { nil }
    }
  }

  @Test(arguments: Shape.hard) func theMeanIsTheEntropy(_ shape: Shape) throws {
    let x = shape.states(seed: 31)
    let worst = WorstError("mean of contributions, \(shape)", tolerance: Tolerance.contributions)
    for preparation in Preparation.all {
      let rule = MaskRule(special: [1, 2])
      let evidence = x.withView {
        DocumentEvidence(
          $0, preparations: [preparation], positions: .none, rule: rule, contributions: true)
      }
      let plain = x.withView {
        DocumentEvidence($0, preparations: [preparation], positions: .none, rule: rule)
      }
      let entropy = try #require(VonNeumannEntropy()(try plain.prepared[0].spectrum.get()))
      let parts = parts(try #require(evidence.prepared[0].contributions))
      worst.record(
        parts.reduce(0, +) / Double(parts.count) - entropy, at: preparation.id)
      let alone = try x.withView { try TokenContributions($0, preparation, rule: rule) }
      #expect(alone == evidence.prepared[0].contributions)
    }
    worst.check()
  }

  /// Against the definition on the other side: −n zᵀ ln Σ z / tr, by the plainest code.
  @Test(arguments: [(14, 30), (30, 14)]) func bothSidesAgree(_ size: (Int, Int)) throws {
    let x = Shape(description: "", rows: size.0, columns: size.1, long: [0: 1e3]).states(seed: 8)
    let worst = WorstError("contributions, \(size)", tolerance: Tolerance.entropies)
    for preparation in Preparation.all where preparation.mask == .all {
      let plain = PlainPreparation(x, tokens: Array(0..<size.0), preparation)
      let sigma = gram(
        plain.rows.flatMap(\.self), rows: size.0, columns: size.1, side: .columns)
      let (values, vectors) = try eigenSystem(sigma)
      let trace = values.reduce(0) { $0 + max($1, 0) }
      let found = parts(try x.withView { try TokenContributions($0, preparation) })
      for (row, z) in plain.rows.enumerated() {
        var known = 0.0
        for k in 0..<size.1 where values[k] > 1e-12 * trace {
          let along = (0..<size.1).reduce(0) { $0 + z[$1] * vectors[k * size.1 + $1] }
          known -= Double(size.0) * along * along / trace * log(values[k] / trace)
        }
        worst.record(found[row] - known, at: "\(preparation.id), token \(row)")
      }
    }
    worst.check()
  }

  /// Three orthogonal tokens of which two are equal: directions of ⅔ and ⅓, known parts.
  @Test func closedForm() throws {
    let unit = try #require(Preparation(id: "unit"))
    let x = Matrix(3, 2, [1, 0, 2, 0, 0, 5])
    let found = parts(try x.withView { try TokenContributions($0, unit) })
    let known = [log(1.5), log(1.5), log(3.0)]
    for (a, b) in zip(found, known) { #expect(abs(a - b) < Tolerance.contributions) }
  }

  @Test func whoHasNoPartSaysWhy() throws {
    let x = Matrix(4, 2, [9, 9, 1, 0, 0, 0, -1, 0])
    let found = try x.withView { try TokenContributions($0, .paperWithoutFirst) }
    #expect(found.values[0] == .failure(.masked))
    #expect(found.values[2] == .failure(.noDirection))
    for row in [1, 3] {
      let part = try found.values[row].get()
      #expect(abs(part) < Tolerance.contributions)
    }
    #expect(throws: MissingReason.oneToken) {
      try Matrix(1, 2, [1, 2]).withView { try TokenContributions($0, .paper) }
    }
  }
}
