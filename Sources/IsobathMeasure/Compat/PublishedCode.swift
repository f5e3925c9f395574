// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// A published code whose arithmetic is repeated step for step, beside the corrected values.
///
/// The states go in as float32, and a code that computes in float32 is repeated in float32, as its
/// framework computes on a CPU: on a GPU it sums and decomposes by other routines, whose rounding is not
/// repeated. The last digits depend on the linear algebra that the framework was linked with, too.
package protocol PublishedCode: Sendable {
  /// What selects it.
  var id: String { get }
  /// How a reader calls it.
  var title: String { get }
  /// The paper and the repository.
  var source: String { get }
  /// What the code does.
  var steps: String { get }
  /// Where it and the corrected value differ, and why.
  var defects: [String] { get }
  /// All numbers of one document's states at one site, always the same ones in the same order.
  func callAsFunction(_ states: MatrixView) -> [PublishedValue]
}

/// Every published code that is repeated.
package let publishedCodes: [any PublishedCode] = [
  WeiCode(),
  DiffErankCode(),
  SkeanCode(),
  RankMeCode(),
]

/// One number of a published code, and the same quantity by this package's arithmetic.
package struct PublishedValue: Sendable, Equatable {
  /// Unique among all codes.
  package let name: String
  package let title: String
  package let unit: MeasureUnit
  /// What the code returns, or how it fails.
  package let published: Result<Double, PublishedFailure>
  package let corrected: Result<Double, MissingReason>
  /// Which measure under which preparation the corrected value is.
  package let counterpart: String

  /// What the corrected value is called in a run.
  package var correctedName: String { name + "-corrected" }
}

/// How a published code fails on a document.
package enum PublishedFailure: Error, Equatable, Sendable {
  /// It returns NaN.
  case notANumber
  /// It stops with this Python exception, and a survey with it.
  case raises(String)
  /// Nothing is known: the matrix is too large for the linear algebra here.
  case tooLarge(order: Int)
}

extension PublishedFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notANumber: "the published code returns NaN"
    case .raises(let exception): "the published code stops with \(exception)"
    case .tooLarge(let order): "a matrix of order \(order) is too large to repeat the code"
    }
  }
}
