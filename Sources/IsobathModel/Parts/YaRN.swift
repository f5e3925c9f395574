// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint

/// YaRN: fast frequencies kept, slow ones divided by `factor`, a ramp over the pairs between, and a
/// temperature. https://arxiv.org/abs/2309.00071
struct YaRN: Sendable {
  private let factor: Double
  private let temperature: Float
  private let fast: Double
  private let slow: Double
  private let positions: Double
  private let truncates: Bool

  init(_ c: ConfigReader, model: ConfigReader) throws {
    let original = try model.originalPositions(c)
    let context = try model.positiveInt("max_position_embeddings")
    factor = try c.has("factor") ? c.positive("factor") : Double(context) / Double(original)
    fast = try c.has("beta_fast") ? c.positive("beta_fast") : 32
    slow = try c.has("beta_slow") ? c.positive("beta_slow") : 1
    truncates = try c.bool("truncate", default: true)
    positions = Double(original)
    let scale = factor
    let stretched = { (m: Double) in scale <= 1 ? 1 : 0.1 * m * log(scale) + 1 }
    let mscale = try c.has("mscale") ? c.double("mscale") : 0
    let all = try c.has("mscale_all_dim") ? c.double("mscale_all_dim") : 0
    if c.has("attention_factor") {
      temperature = Float(try c.positive("attention_factor"))
    } else {
      temperature = Float(
        mscale != 0 && all != 0 ? stretched(mscale) / stretched(all) : stretched(1))
    }
  }

  /// The pair, as a fraction, whose frequency turns so many times over the original positions.
  private func pair(turning rotations: Double, features: Int, base: Double) -> Double {
    Double(features) * log(positions / (rotations * 2 * .pi)) / (2 * log(base))
  }

  func callAsFunction(_ frequencies: [Float], base: Double) -> RotaryScaling.Scaled {
    let features = 2 * frequencies.count
    var low = pair(turning: fast, features: features, base: base)
    var high = pair(turning: slow, features: features, base: base)
    if truncates { (low, high) = (low.rounded(.down), high.rounded(.up)) }
    low = max(low, 0)
    high = min(high, Double(features - 1))
    if low == high { high += 0.001 }
    return RotaryScaling.Scaled(
      frequencies: frequencies.enumerated().map { index, frequency in
        let ramp = min(max((Float(index) - Float(low)) / Float(high - low), 0), 1)
        return frequency / Float(factor) * ramp + frequency * (1 - ramp)
      }, factor: temperature)
  }
}
