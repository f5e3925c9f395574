// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing

/// The largest error that a test has seen against a tolerance, printed with where it was.
package final class WorstError: Sendable {
  private let name: String
  private let tolerance: Double
  private let worst = Mutex<(error: Double, at: String)>((0, "nothing compared"))

  /// - Parameters:
  ///   - name: what is compared, for the printed line.
  ///   - tolerance: the bound from `Tolerances`, where its reason is written.
  package init(_ name: String, tolerance: Double) {
    self.name = name
    self.tolerance = tolerance
  }

  /// Records one comparison; a NaN counts as infinitely wrong.
  package func record(_ error: Double, at place: @autoclosure () -> String) {
    let error = error.isNaN ? .infinity : abs(error)
    worst.withLock { if error >= $0.error { $0 = (error, place()) } }
  }

  /// Prints the worst error and fails the test when it is over the tolerance.
  package func check(sourceLocation: SourceLocation = #_sourceLocation) {
    let (error, place) = worst.withLock { $0 }
    print("\(name): worst error \(error) at \(place), tolerance \(tolerance)")
    #expect(
      error <= tolerance, "\(name): \(error) at \(place) is over \(tolerance)",
      sourceLocation: sourceLocation)
  }
}
