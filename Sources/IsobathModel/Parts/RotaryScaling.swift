// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// How a checkpoint stretches its rotary frequencies to longer contexts.
package enum RotaryScaling: Sendable {
  /// The frequencies as they are.
  case none
  /// Every frequency divided by `factor`.
  case linear(factor: Float)
  /// Llama 3.1: long wavelengths divided by `factor`, short ones kept, a ramp between.
  /// https://arxiv.org/abs/2407.21783
  case llama3(factor: Float, low: Float, high: Float, context: Float)

  /// Reads `rope_type` (or `type`) and what that type needs; another type is refused by name.
  init(_ c: ConfigReader) throws {
    let older = try c.string("type", default: "default")
    switch try c.string("rope_type", default: older) {
    case "default": self = .none
    case "linear": self = .linear(factor: Float(try c.double("factor")))
    case "llama3":
      self = .llama3(
        factor: Float(try c.double("factor")), low: Float(try c.double("low_freq_factor")),
        high: Float(try c.double("high_freq_factor")),
        context: Float(try c.positiveInt("original_max_position_embeddings")))
    case let other:
      throw ModelError.unsupported(
        key: "rope_type", found: other, supported: "default, linear, llama3", file: c.file)
    }
  }

  func callAsFunction(_ frequencies: [Float]) -> [Float] {
    switch self {
    case .none: frequencies
    case .linear(let factor): frequencies.map { $0 / factor }
    case .llama3(let factor, let low, let high, let context):
      frequencies.map { frequency in
        let wavelength = 2 * Float.pi / frequency
        if wavelength > context / low { return frequency / factor }
        if wavelength < context / high { return frequency }
        let ramp = (context / wavelength - low) / (high - low)
        return (1 - ramp) * frequency / factor + ramp * frequency
      }
    }
  }
}
