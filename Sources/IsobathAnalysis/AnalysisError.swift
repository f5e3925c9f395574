// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// Why an analysis cannot be made.
package enum AnalysisError: Error, Equatable {
  case level(Double)
  case resamples(Int)
  case threads(Int)
  /// Two rows claim the same value of the same document.
  case twice(document: String, measure: String, site: String)
  /// A Rényi order that is negative or not a number.
  case order(Double)
  /// The run's store cannot be read.
  case run(RecordError)
}

extension AnalysisError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .level(let level):
      "a confidence level lies between 0.5 and 0.999, not at \(level)"
    case .resamples(let count):
      """
      a bootstrap takes \(AnalysisOptions.resampleCounts.lowerBound) to \
      \(AnalysisOptions.resampleCounts.upperBound) resamples, not \(count)
      """
    case .threads(let count):
      "the number of threads is 0 (all cores) or more, not \(count)"
    case .twice(let document, let measure, let site):
      """
      document '\(document)' has two rows of \(measure) at \(site): keep one of them
      """
    case .order(let order):
      "a Rényi order is 0 or more, or inf, not \(order)"
    case .run(let error):
      error.description
    }
  }
}
