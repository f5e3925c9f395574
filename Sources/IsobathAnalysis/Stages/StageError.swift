// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// Why runs are no stages of one training.
package enum StageError: Error, Equatable {
  /// Fewer runs than a change needs.
  case few(Int)
  /// No name of a run tells its step.
  case noStep(folder: String)
  /// Two runs of one step.
  case sameStep(Int, String, String)
  /// Steps were given for another number of runs.
  case steps(given: Int, runs: Int)
  /// A model of another family or shape than the first.
  case otherModel(folder: String, first: String)
  /// Documents that do not belong together, or a run that cannot be read.
  case comparison(folder: String, ComparisonError)
  case analysis(AnalysisError)
}

extension StageError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .few(let count):
      "\(count) run\(count == 1 ? " is" : "s are") no course of training: give at least two stages"
    case .noStep(let folder):
      """
      no name of '\(folder)' tells its step (step-1000, checkpoint-500): give the steps of all runs in \
      their order with --steps 0,100,1000
      """
    case .sameStep(let step, let first, let second):
      "'\(first)' and '\(second)' are both of step \(step): give one run for each step"
    case .steps(let given, let runs):
      "--steps names \(given) steps for \(runs) runs: give one for each, in their order"
    case .otherModel(let folder, let first):
      """
      '\(folder)' is a model of another family or shape than '\(first)': stages are checkpoints of one \
      training; use compare or scale for several models
      """
    case .comparison(let folder, let error): "'\(folder)': \(error)"
    case .analysis(let error): error.description
    }
  }
}
