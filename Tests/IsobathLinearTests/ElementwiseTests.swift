// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels
import Foundation
import IsobathLinear
import IsobathTestSupport
import Testing

/// Elementwise kernels against float64 closed forms.
@Suite struct ElementwiseTests {
  private func sweep(_ range: ClosedRange<Float>, _ steps: Int) -> [Float] {
    let span = range.upperBound - range.lowerBound
    return (0...steps).map { range.lowerBound + span * Float($0) / Float(steps) }
  }

  @Test func exponential() {
    let x = sweep(-87...88, 200_000)
    var y = [Float](repeating: 0, count: x.count)
    isobath_exp(x, x.count, &y)
    let worst = WorstError("exp, relative", tolerance: Tolerance.exponential)
    for (x, y) in zip(x, y) {
      worst.record(Double(y) / exp(Double(x)) - 1, at: "x = \(x)")
    }
    worst.check()
    var extremes: [Float] = [-1000, -100, 0, 88]
    isobath_exp(extremes, 4, &extremes)
    #expect(extremes[0] == 0 && extremes[1] == 0 && extremes[2] == 1)
  }

  @Test func activations() {
    let forms: [(Activation, Double, (Double) -> Double)] = [
      (.geluErf, Tolerance.geluErf, { 0.5 * $0 * erfc(-$0 / 2.0.squareRoot()) }),
      (
        .geluTanh, Tolerance.sigmoidal,
        { x in
          let cubic = 0.044715 * x * x * x
          return 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + cubic)))
        }
      ),
      (.quickGELU, Tolerance.sigmoidal, { $0 / (1 + exp(-1.702 * $0)) }),
      (.silu, Tolerance.sigmoidal, { $0 / (1 + exp(-$0)) }),
      (.relu, 0, { max($0, 0) }),
    ]
    let x = sweep(-12...12, 100_000)
    for (activation, tolerance, form) in forms {
      let y = Elementwise.activation(Matrix(1, x.count, x), activation).elements
      let worst = WorstError("\(activation)", tolerance: tolerance)
      for (x, y) in zip(x, y) { worst.record(Double(y) - form(Double(x)), at: "x = \(x)") }
      worst.check()
    }
  }

  /// `cap · tanh(x / cap)`, on both sides of the place where its two forms meet.
  @Test func softcap() {
    let x = sweep(-600...600, 200_000)
    var y = Matrix(1, x.count, x)
    y.withMutableView { Elementwise.softcap($0, 50) }
    let worst = WorstError("softcap, relative", tolerance: Tolerance.softcap)
    for (x, y) in zip(x, y.elements) where x != 0 {
      worst.record(Double(y) / (50 * tanh(Double(x) / 50)) - 1, at: "x = \(x)")
    }
    worst.check()
  }

  @Test func norms() {
    var noise = Noise(5)
    let (rows, columns) = (9, 577)
    let x = Matrix(rows, columns, noise.floats(rows * columns, scale: 3))
    let weight = noise.floats(columns)
    let bias = noise.floats(columns)
    let rms = Elementwise.rmsNorm(x, weight: weight, epsilon: 1e-5, offset: 1)
    let layer = Elementwise.layerNorm(x, weight: weight, bias: bias, epsilon: 1e-5)
    let worst = WorstError("norms", tolerance: Tolerance.norms)
    for row in 0..<rows {
      let values = (0..<columns).map { Double(x[row, $0]) }
      let mean = values.reduce(0, +) / Double(columns)
      let square = values.reduce(0) { $0 + $1 * $1 } / Double(columns)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
      for column in 0..<columns {
        let byRMS = values[column] / (square + 1e-5).squareRoot() * (1 + Double(weight[column]))
        worst.record(Double(rms[row, column]) - byRMS, at: "RMS \(row), \(column)")
        let centred = (values[column] - mean) / (variance + 1e-5).squareRoot()
        let byLayer = centred * Double(weight[column]) + Double(bias[column])
        worst.record(Double(layer[row, column]) - byLayer, at: "layer \(row), \(column)")
      }
    }
    worst.check()
  }

  @Test func softmaxOfAWindow() {
    var noise = Noise(6)
    var x = Matrix(6, 10, noise.floats(60, scale: 20))
    let before = x
    let seen = { (row: Int) in max(0, row - 3)..<(row + 5) }
    x.withMutableView { x in for row in 0..<6 { Elementwise.softmax(x, row: row, seen(row)) } }
    let worst = WorstError("softmax", tolerance: Tolerance.softmax)
    for row in 0..<6 {
      let largest = seen(row).map { Double(before[row, $0]) }.max() ?? 0
      let sum = seen(row).reduce(0.0) { $0 + exp(Double(before[row, $1]) - largest) }
      for column in 0..<10 {
        let wanted =
          seen(row).contains(column) ? exp(Double(before[row, column]) - largest) / sum : 0
        worst.record(Double(x[row, column]) - wanted, at: "\(row), \(column)")
      }
    }
    worst.check()
  }

  @Test func rotationKeepsLengthAndTurnsByTheAngle() {
    let angle = Float.pi / 3
    var x = Matrix(1, 4, [1, 5, 0, 2])
    let cosines = Matrix(1, 1, [cos(angle)])
    let sines = Matrix(1, 1, [sin(angle)])
    x.withMutableView { x in
      cosines.withView { c in
        sines.withView { s in
          Elementwise.rotate(x.columns(0..<2), cosines: c, sines: s, layout: .interleaved)
        }
      }
    }
    #expect(abs(x[0, 0] - (cos(angle) - 5 * sin(angle))) < 1e-6)
    #expect(abs(x[0, 1] - (5 * cos(angle) + sin(angle))) < 1e-6)
    #expect(x[0, 2] == 0 && x[0, 3] == 2)
  }
}
