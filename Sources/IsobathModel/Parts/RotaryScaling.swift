// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint

/// How a checkpoint stretches its rotary frequencies to longer contexts.
enum RotaryScaling: Sendable {
  /// The frequencies as they are.
  case none
  /// Every frequency divided by `factor`.
  case linear(factor: Float)
  /// Llama 3.1: long wavelengths divided by `factor`, short ones kept, a ramp between.
  /// https://arxiv.org/abs/2407.21783
  case llama3(factor: Float, low: Float, high: Float, context: Float)
  case yarn(YaRN)
  case long(LongRoPE)

  /// What becomes of the frequencies.
  struct Scaled {
    var frequencies: [Float]
    var factor: Float = 1
    var long: (above: Int, frequencies: [Float])?
  }

  /// Reads `rope_type` (or `type`) and what that type needs; another type is refused by name.
  init(_ c: ConfigReader, model: ConfigReader) throws {
    let older = try c.string("type", default: "default")
    switch try c.string("rope_type", default: older) {
    case "default", "none": self = .none
    case "linear": self = .linear(factor: Float(try c.positive("factor")))
    case "dynamic":
      // It stretches beyond the model's positions only, where no document is.
      _ = try c.positive("factor")
      self = .none
    case "llama3":
      self = .llama3(
        factor: Float(try c.positive("factor")), low: Float(try c.positive("low_freq_factor")),
        high: Float(try c.positive("high_freq_factor")),
        context: Float(try c.positiveInt("original_max_position_embeddings")))
    case "yarn": self = .yarn(try YaRN(c, model: model))
    case "longrope", "su": self = .long(try LongRoPE(c, model: model))
    case let other:
      throw ModelError.unsupported(
        key: c.name("rope_type"), found: other,
        supported: "default, linear, dynamic, llama3, yarn, longrope", file: c.file)
    }
  }

  func callAsFunction(_ frequencies: [Float], base: Double) throws -> Scaled {
    switch self {
    case .none: Scaled(frequencies: frequencies)
    case .linear(let factor): Scaled(frequencies: frequencies.map { $0 / factor })
    case .llama3(let factor, let low, let high, let context):
      Scaled(
        frequencies: frequencies.map { frequency in
          let wavelength = 2 * Float.pi / frequency
          if wavelength > context / low { return frequency / factor }
          if wavelength < context / high { return frequency }
          let ramp = (context / wavelength - low) / (high - low)
          return (1 - ramp) * frequency / factor + ramp * frequency
        })
    case .yarn(let yarn): yarn(frequencies, base: base)
    case .long(let long): try long(frequencies)
    }
  }
}

extension ConfigReader {
  /// The positions that a model was first trained for: beside the scaling, inside it, or the model's.
  func originalPositions(_ scaling: ConfigReader) throws -> Int {
    let context = try positiveInt("max_position_embeddings")
    let inside = try scaling.positiveInt("original_max_position_embeddings", default: context)
    return try positiveInt("original_max_position_embeddings", default: inside)
  }
}
