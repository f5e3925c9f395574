// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathModel
import IsobathRecord
import IsobathStatistics

/// What a model's weights are instead of those that its checkpoint stores.
///
/// Both may be asked for: an untrained model is made first, and then rounded.
package struct WeightOptions: Sendable, Equatable {
  /// The seed of the family's random initialisation; nil for the trained weights.
  package var untrained: UInt64?
  /// What matrices are rounded to and back; nil leaves them as they are.
  package var rounding: WeightRounding?

  package init(untrained: UInt64? = nil, rounding: WeightRounding? = nil) {
    (self.untrained, self.rounding) = (untrained, rounding)
  }

  /// What decides the numbers, for the manifest: nothing for a checkpoint as it is.
  var settings: [Setting] {
    var settings: [Setting] = []
    if let untrained { settings.append(Setting("untrained", SettingValue(untrained))) }
    if let rounding { settings.append(Setting("round-weights", SettingValue(rounding.rawValue))) }
    return settings
  }

  /// A model's name with what was done to its weights: `gpt2, untrained seed 7`.
  func named(_ model: String) -> String {
    model + (untrained.map { ", untrained seed \($0)" } ?? "")
      + (rounding.map { ", rounded to \($0.rawValue)" } ?? "")
  }

  /// What a run's folder is called by beside its model and corpus: `-untrained-7`, `-q4_0`.
  package var suffix: String {
    (untrained.map { "-untrained-\($0)" } ?? "") + (rounding.map { "-\($0.rawValue)" } ?? "")
  }

  /// Opens a checkpoint with these weights.
  ///
  /// - Throws: when the family's initialisation is not known, or a matrix cannot be rounded so.
  package func open(_ path: String) throws -> Model {
    try Model.open(path, WeightChange(normals: normals, rounding: rounding))
  }

  /// A field of normal numbers for each tensor.
  private var normals: NormalSource? {
    guard let untrained else { return nil }
    return { tensor, first, target in
      NormalField(seed: untrained, purpose: "untrained", group: tensor).fill(target, from: first)
    }
  }
}
