// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

@testable import IsobathChart

/// A small generator for examples, the same on every machine.
struct Noise {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 2 &+ 1 }

  /// Uniform in 0..<1.
  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 40) / Double(1 << 24)
  }

  /// Nearly Gaussian: twelve uniforms.
  mutating func gaussian() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
}

/// A value with its interval at one place of one model.
struct Estimate {
  var model: String
  var layer: Value
  var value: Double
  var low: Double
  var high: Double
}

/// A value of a table with two sides.
struct Entry {
  var row: Value
  var column: Value
  var value: Double?
}

/// Entropy-like curves: down into a valley, then up.
func curve(_ depth: Double, from start: Double, valley: Double, at place: Double, end: Double)
  -> Double
{
  let fall = start - valley
  let rise = end - valley
  let x = depth < place ? (place - depth) / place : (depth - place) / (1 - place)
  return valley + (depth < place ? fall : rise) * x * x
}
