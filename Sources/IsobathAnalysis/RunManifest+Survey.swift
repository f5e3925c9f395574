// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord

extension RunManifest {
  /// The preparation that figures show: the run's first.
  package var mainPreparation: String {
    inputs.options.preparations.first ?? Preparation.paper.id
  }

  /// Of the survey, and of every analysis of it.
  package var seed: UInt64 { inputs.options["seed"].flatMap { UInt64($0.description) } ?? 1 }
}
