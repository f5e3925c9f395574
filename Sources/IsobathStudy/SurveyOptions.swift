// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathText

/// What a survey was asked to do: everything that decides its numbers, and how it may run.
package struct SurveyOptions: Sendable {
  /// A folder or a `.gguf` file.
  package var model: String
  /// The corpus's file or folder, and how to read it.
  package var corpus: CorpusOptions
  /// At most this many tokens per document; nil means the model's positions.
  package var maxTokens: Int?
  /// What happens to a longer document.
  package var lengthPolicy: LengthPolicy.Overflow
  /// The spelling of the sites, as `SiteSelection` reads it.
  package var sites: String
  package var preparations: [Preparation]
  package var orders: [Double]
  package var positions: PositionPolicy
  package var seed: UInt64
  /// Bytes that the process may hold.
  package var memory: Int
  package var threads: Int
  /// The run's folder.
  package var output: String
}
