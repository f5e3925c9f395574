// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear
import IsobathMeasure
import IsobathTestSupport
import Testing

/// What must hold whatever the states are.
@Suite struct PropertyTests {
  private func random(_ rows: Int, _ columns: Int, seed: UInt64, decay: Float = 0) -> [Float] {
    var noise = Noise(seed)
    return (0..<(rows * columns)).map {
      noise.gaussian() * exp(-decay * Float($0 % columns))
    }
  }

  private func spectrum(
    _ values: [Float], _ rows: Int, _ columns: Int, _ preparation: Preparation = .paper
  ) throws -> Spectrum {
    try Matrix(rows, columns, values).withView {
      try DocumentEvidence(
        $0, preparations: [preparation], positions: .none, rule: MaskRule(special: [1])
      ).prepared[0].spectrum.get()
    }
  }

  private func entropy(_ spectrum: Spectrum) -> Double { VonNeumannEntropy()(spectrum) ?? .nan }

  @Test(arguments: [(30, 50), (50, 30), (20, 20), (2, 9)])
  func orders(_ shape: (rows: Int, columns: Int)) throws {
    for preparation in Preparation.all where shape.rows > 2 || preparation.mask == .all {
      let values = random(shape.rows, shape.columns, seed: 3, decay: 0.1)
      let p = try spectrum(values, shape.rows, shape.columns, preparation)
      #expect(abs(p.eigenvalues.reduce(0, +) - 1) < 1e-12)
      #expect(zip(p.eigenvalues, p.eigenvalues.dropFirst()).allSatisfy { $0 >= $1 })
      var last = Double.infinity
      for order in [0, 0.3, 0.5, 0.9, 1, 1.1, 2, 4, 50, Double.infinity] {
        let entropy = try #require(RenyiEntropy(order: order))
        let value = try #require(entropy(p))
        #expect(value <= last + 1e-9, "S_α increases at \(order), \(preparation.id)")
        last = value
      }
      let states = try value("effective-rank-states", p)
      let covariance = try value("effective-rank-covariance", p)
      let participation = try value("participation-ratio", p)
      let stable = try value("stable-rank", p)
      #expect(states >= covariance - 1e-9 && covariance >= participation - 1e-9)
      #expect(participation >= stable - 1e-9)
    }
  }

  /// The rows' and the columns' side have the same eigenvalues: tokens above and below the width.
  @Test func bothSidesAgree() throws {
    let values = random(12, 40, seed: 5)
    var columns: [Float] = []
    for column in 0..<40 { columns += (0..<12).map { values[$0 * 40 + column] } }
    let raw = try #require(Preparation(id: "raw"))
    let a = try spectrum(values, 12, 40, raw)
    let b = try spectrum(columns, 40, 12, raw)
    let worst = WorstError("both sides", tolerance: Tolerance.closedForm)
    for (x, y) in zip(a.eigenvalues, b.eigenvalues) { worst.record(x - y, at: "\(x)") }
    worst.check()
  }

  @Test func scaleAndOrderDoNotMatter() throws {
    let (rows, columns) = (25, 33)
    let values = random(rows, columns, seed: 7, decay: 0.05)
    let whole = entropy(try spectrum(values, rows, columns))
    let scaled = values.map { $0 * 1024 }
    let reversed = (0..<rows).reversed().flatMap { values[($0 * columns)..<(($0 + 1) * columns)] }
    let worst = WorstError("scale and token order", tolerance: Tolerance.closedForm)
    for changed in [scaled, reversed] {
      let found = entropy(try spectrum(changed, rows, columns))
      worst.record(found - whole, at: "changed")
    }
    worst.check()
  }

  @Test func rotationDoesNotMatter() throws {
    let (rows, columns) = (20, 16)
    let values = random(rows, columns, seed: 9, decay: 0.2)
    var rotated = values
    for pair in 0..<8 {
      let angle = Float(pair) * 0.7 + 0.2
      for row in 0..<rows {
        let (i, j) = (row * columns + pair, row * columns + 15 - pair)
        rotated[i] = cos(angle) * values[i] - sin(angle) * values[j]
        rotated[j] = sin(angle) * values[i] + cos(angle) * values[j]
      }
    }
    let worst = WorstError("rotation", tolerance: Tolerance.invariance)
    for preparation in Preparation.all {
      let a = try spectrum(values, rows, columns, preparation)
      let b = try spectrum(rotated, rows, columns, preparation)
      worst.record(
        entropy(a) - entropy(b), at: preparation.id)
    }
    worst.check()
  }

  /// Independent Gaussian rows have the entropy that the null says.
  @Test(arguments: [(200, 768), (768, 300), (400, 400)])
  func nullAgainstSimulation(_ shape: (rows: Int, columns: Int)) throws {
    let unit = try #require(Preparation(id: "unit"))
    let p = try spectrum(
      random(shape.rows, shape.columns, seed: 11), shape.rows, shape.columns, unit)
    let worst = WorstError("null at \(shape)", tolerance: Tolerance.null)
    worst.record(try value("deficit", p), at: "\(shape)")
    worst.check()
  }
}
