// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathForward
import IsobathModel

/// What a survey tells whoever waits for it.
package enum SurveyEvent: Sendable {
  /// The model is open and checked.
  case opened(LoadedModel)
  /// Files of this many bytes are being digested.
  case digesting(bytes: Int)
  /// Documents are read and tokenised.
  case tokenized(documents: Int, tokens: Int, notes: [String])
  /// How the pass will walk; `done` documents were found in the run's folder already.
  case planned(MemoryPlan, documents: Int, done: Int)
  /// So many documents are done, the batch in hand counted by its share of blocks.
  case progress(documents: Double, tokens: Double)
}

/// How a survey ended.
package struct SurveyOutcome: Sendable {
  /// The run's id.
  package let run: String
  package let folder: String
  package let documents: Int
  /// Documents in the store when it ended.
  package let done: Int
  /// Tokens that went through the model in this session.
  package let tokens: Int
  /// Seconds of the forward passes and their measuring in this session.
  package let seconds: Double
  package var isComplete: Bool { done == documents }
}
