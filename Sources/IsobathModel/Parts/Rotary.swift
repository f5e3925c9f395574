// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathLinear

/// Rotary position embedding: the leading feature pairs of a head turn by `position · frequency`.
/// https://arxiv.org/abs/2104.09864
///
/// Frequencies and angles are float32, as the reference computes them: at position 8000 an angle in
/// float64 would differ from the reference's by 5e-4.
package struct Rotary: Sendable {
  /// How a family spells and fills what the configuration says.
  package struct Spelling: Sendable {
    /// The key of the base θ, and its value when absent.
    package var base = "rope_theta"
    package var theta = 10_000.0
    /// The key of the share of a head's features that turn, and its value when absent.
    package var fraction = "partial_rotary_factor"
    package var share = 1.0
    /// The member of `rope_parameters` to read, where layers differ.
    package var layers: String?
    /// Whether `rope_scaling` is about these layers.
    package var scales = true
    package static let usual = Spelling()
  }

  /// One frequency per pair of features, in radians per position.
  package private(set) var frequencies: [Float]
  /// Those of documents of more than so many tokens (LongRoPE).
  private var long: (above: Int, frequencies: [Float])?
  /// What cosines and sines are multiplied by: the attention's temperature (YaRN, LongRoPE).
  private var factor: Float = 1

  /// Reads `rope_parameters` (transformers 5) or `rope_theta` and `rope_scaling` (before it).
  package init(_ c: ConfigReader, width head: Int, _ spelling: Spelling = .usual) throws {
    try c.require("rope_interleaved", equals: false, default: false)
    let all = try c.nested("rope_parameters")
    let nested = try spelling.layers.map { try all?.nested($0) } ?? all
    let scaling = try nested ?? (spelling.scales ? c.nested("rope_scaling") : nil)
    // An older checkpoint keeps base and share beside the scaling, a newer one inside.
    let read = { (inner: String, outer: String, absent: Double) in
      let beside = try c.positive(outer, default: absent)
      return try nested?.positive(inner, default: beside) ?? beside
    }
    let base = try read("rope_theta", spelling.base, spelling.theta)
    let share = try read("partial_rotary_factor", spelling.fraction, spelling.share)
    // An odd number of features is turned with the next one, as the reference does.
    let turned = Int(Double(head) * share)
    let pairs = (turned + 1) / 2
    guard pairs > 0, 2 * pairs <= head else {
      throw ModelError.unsupported(
        key: c.name(spelling.fraction), found: "\(share)",
        supported: "a share that turns some or all of a head's \(head) features", file: c.file)
    }
    frequencies = (0..<pairs).map { pair in
      1 / Float(pow(base, Double(Float(2 * pair) / Float(turned))))
    }
    guard let scaling else { return }
    let scaled = try RotaryScaling(scaling, model: c)(frequencies, base: base)
    (frequencies, factor) = (scaled.frequencies, scaled.factor)
    long = scaled.long
  }

  /// Turns queries and keys by their positions, each document counted from 0.
  func callAsFunction(_ qkv: inout Matrix, _ heads: Heads, _ spans: [Pass.Span]) {
    let lengths = spans.map(\.rows.count)
    let above = long?.above ?? .max
    let short = Angles(frequencies, positions: lengths.filter { $0 <= above }.max() ?? 0, factor)
    let far = long.map {
      Angles($0.frequencies, positions: lengths.filter { $0 > above }.max() ?? 0, factor)
    }
    let turned = heads.queries + heads.keys
    qkv.withMutableView { all in
      Workers.run(spans.count * turned) { task in
        let rows = spans[task / turned].rows
        let head = all.rows(rows).columns(heads.columns(task % turned))
        (rows.count > above ? far ?? short : short).turn(head)
      }
    }
  }
}

/// Cosines and sines of every angle: one row per position, one column per pair.
private struct Angles: Sendable {
  private let cosines: Matrix
  private let sines: Matrix

  init(_ frequencies: [Float], positions: Int, _ factor: Float) {
    var cosines: [Float] = []
    var sines: [Float] = []
    cosines.reserveCapacity(positions * frequencies.count)
    sines.reserveCapacity(positions * frequencies.count)
    for position in 0..<positions {
      for frequency in frequencies {
        let angle = Double(Float(position) * frequency)
        cosines.append(Float(cos(angle)) * factor)
        sines.append(Float(sin(angle)) * factor)
      }
    }
    self.cosines = Matrix(positions, frequencies.count, cosines)
    self.sines = Matrix(positions, frequencies.count, sines)
  }

  func turn(_ head: MatrixView) {
    cosines.withView(rows: 0..<head.rows) { cosines in
      sines.withView(rows: 0..<head.rows) { sines in
        Elementwise.rotate(head, cosines: cosines, sines: sines, layout: .half)
      }
    }
  }
}
