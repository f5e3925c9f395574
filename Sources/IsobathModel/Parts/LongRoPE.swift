// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint

/// LongRoPE: a searched divisor for each frequency, another set for documents beyond the original
/// positions, and a temperature. https://arxiv.org/abs/2402.13753
struct LongRoPE: Sendable {
  private let short: [Double]
  private let long: [Double]
  private let temperature: Float
  private let original: Int
  private let config: ConfigReader

  init(_ c: ConfigReader, model: ConfigReader) throws {
    short = try c.doubles("short_factor") ?? []
    long = try c.doubles("long_factor") ?? []
    original = try model.originalPositions(c)
    config = c
    let context = Double(try model.positiveInt("max_position_embeddings"))
    let factor = try c.has("factor") ? c.positive("factor") : context / Double(original)
    if c.has("attention_factor") {
      temperature = Float(try c.positive("attention_factor"))
    } else {
      temperature = factor <= 1 ? 1 : Float((1 + log(factor) / log(Double(original))).squareRoot())
    }
  }

  func callAsFunction(_ frequencies: [Float]) throws -> RotaryScaling.Scaled {
    RotaryScaling.Scaled(
      frequencies: try divided(frequencies, by: short, "short_factor"), factor: temperature,
      long: (original, try divided(frequencies, by: long, "long_factor")))
  }

  private func divided(
    _ frequencies: [Float], by factors: [Double], _ key: String
  ) throws -> [Float] {
    guard factors.count == frequencies.count, factors.allSatisfy({ $0 > 0 }) else {
      throw ModelError.unsupported(
        key: config.name(key), found: "\(factors.count) factors",
        supported: "a positive one for each of \(frequencies.count) frequencies", file: config.file)
    }
    return zip(frequencies, factors).map { $0 / Float($1) }
  }
}
