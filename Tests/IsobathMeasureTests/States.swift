// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear
import IsobathMeasure

/// Seeded numbers.
struct Noise: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func gaussian() -> Float {
    let u = Double.random(in: 1e-12...1, using: &self)
    let v = Double.random(in: 0...1, using: &self)
    return Float((-2 * log(u)).squareRoot() * cos(2 * Double.pi * v))
  }
}

/// What a test's states look like.
struct Shape: Sendable, CustomStringConvertible {
  var description: String
  var rows: Int
  var columns: Int
  /// Feature j has the deviation exp(−decay · j).
  var decay: Float = 0.02
  /// Added to every feature of every token.
  var offset: Float = 0
  /// Rows that are this many times longer.
  var long: [Int: Float] = [:]
  /// Rows that repeat another.
  var copies: [Int: Int] = [:]

  func states(seed: UInt64) -> Matrix {
    var noise = Noise(seed)
    var values = (0..<(rows * columns)).map {
      offset + noise.gaussian() * exp(-decay * Float($0 % columns))
    }
    for (row, factor) in long {
      for place in (row * columns)..<((row + 1) * columns) { values[place] *= factor }
    }
    for (row, other) in copies {
      for column in 0..<columns {
        values[row * columns + column] = values[other * columns + column]
      }
    }
    return Matrix(rows, columns, values)
  }

  /// The shapes that lose digits: sinks, a mean far from the origin, equal rows, both sides of N = d.
  static let hard = [
    Shape(description: "plain", rows: 60, columns: 90),
    Shape(description: "one sink", rows: 60, columns: 90, long: [0: 1e4]),
    Shape(description: "two sinks", rows: 60, columns: 90, long: [0: 1e4, 31: 2e4]),
    Shape(description: "half of them long", rows: 40, columns: 90, long: long(0..<40, by: 2, 3e3)),
    Shape(description: "far from the origin", rows: 60, columns: 90, offset: 1000),
    Shape(
      description: "far, with a sink", rows: 60, columns: 90, offset: 300, long: [0: 1e4]),
    Shape(
      description: "equal rows and a sink", rows: 50, columns: 90, long: [0: 1e4],
      copies: [2: 1, 3: 1, 20: 19, 40: 1]),
    Shape(
      description: "steep, with a sink", rows: 60, columns: 90, decay: 0.2, long: [0: 1e4]),
    Shape(description: "more tokens than width", rows: 70, columns: 40, long: [0: 1e4]),
    Shape(description: "a little wider", rows: 40, columns: 39, long: [0: 1e4]),
  ]

  private static func long(_ rows: Range<Int>, by step: Int, _ factor: Float) -> [Int: Float] {
    Dictionary(uniqueKeysWithValues: stride(from: 0, to: rows.count, by: step).map { ($0, factor) })
  }
}

/// The prepared states by the plainest code: gather, centre, scale, in float64.
struct PlainPreparation {
  var rows: [[Double]]
  let kept: [Int]

  init(_ x: Matrix, tokens: [Int], _ preparation: Preparation) {
    var z = tokens.map { row in (0..<x.columns).map { Double(x[row, $0]) } }
    if preparation.centring == .tokens {
      let mean = (0..<x.columns).map { c in z.reduce(0) { $0 + $1[c] } / Double(z.count) }
      z = z.map { row in zip(row, mean).map { $0 - $1 } }
    }
    let lengths = z.map { row in row.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let longest = tokens.map { row in (0..<x.columns).reduce(0) { max($0, Double(abs(x[row, $1]))) }
    }
    let kept = z.indices.filter { lengths[$0] > 1e-11 * (longest.max() ?? 0) }
    self.kept = kept.map { tokens[$0] }
    rows = kept.map { row in
      preparation.rows == .unit ? z[row].map { $0 / lengths[row] } : z[row]
    }
  }

  /// Descending, with sum one; empty when no direction is left.
  func spectrum() throws -> Spectrum? {
    guard let width = rows.first?.count else { return nil }
    let side: GramSide = rows.count <= width ? .rows : .columns
    let values = try eigenvalues(
      gram(rows.flatMap(\.self), rows: rows.count, columns: width, side: side))
    return Spectrum(unnormalised: values, tokens: rows.count, width: width)
  }
}
