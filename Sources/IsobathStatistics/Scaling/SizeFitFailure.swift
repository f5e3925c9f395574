// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a law of size has no fit: then there is no number at all.
package enum SizeFitFailure: Error, Sendable, Equatable {
  case fewSizes(Int)
  /// Fewer than four different sizes.
  case equalSizes(different: Int)
  /// A size that is zero, negative, infinite or NaN.
  case badSize(index: Int)
  /// A value that is infinite or NaN.
  case badValue(index: Int)
  /// All values are equal.
  case flat
  /// A power of a positive number has one sign; the values have two, or a zero.
  case changesSign
  /// The best law with a constant is a straight line in ln P: a and c can grow without bound
  /// against each other.
  case straightLine
  /// The best law is a step at one end of the sizes.
  case step
  /// The values do not tell the parameters apart.
  case notIdentified
  case notConverged
}

extension SizeFitFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .fewSizes(let count):
      "no fit: \(count) \(count == 1 ? "size" : "sizes"), and a law needs \(SizeLaw.fewestSizes)"
    case .equalSizes(let count):
      "no fit: only \(count) different sizes, and a law needs \(SizeLaw.fewestSizes)"
    case .badSize(let index): "no fit: size \(index + 1) is not a positive number"
    case .badValue(let index): "no fit: the value of size \(index + 1) is not finite"
    case .flat: "no fit: the values are the same at every size"
    case .changesSign: "no fit: the values change sign, and a power law does not"
    case .straightLine:
      "not identified: over these sizes the curve is a straight line in ln P, and a constant c "
        + "cannot be told from it"
    case .step: "not identified: one end of the sizes stands apart, and b could be any large number"
    case .notIdentified: "not identified: the values do not tell the parameters apart"
    case .notConverged: "no fit: the least squares did not converge"
    }
  }
}
