// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// Makes values that take the place of those that a checkpoint stores.
///
/// A value depends on its tensor's name and its place alone: tensors are made part by part, on several
/// threads, in any order, and again whenever a block is loaded again.
package protocol WeightMaker: Sendable {
  /// Whether it knows what values a tensor has.
  ///
  /// - Parameter tensor: the family's name of it, whatever the file calls it.
  func makes(_ tensor: String) -> Bool

  /// Makes some rows of a tensor that `makes` approves of.
  ///
  /// - Parameters:
  ///   - tensor: the family's name of it.
  ///   - rows: the rows that are wanted, of [out, in] as linear layers have them.
  ///   - shape: all rows and the elements of each; a vector is one row.
  ///   - target: room for the wanted rows.
  func make(
    _ tensor: String, _ rows: Range<Int>, of shape: (rows: Int, columns: Int),
    into target: UnsafeMutablePointer<Float>)
}

/// What becomes of a checkpoint's values before a model gets them.
package struct WeightTreatment: Sendable {
  /// Makes other values; nil leaves the stored ones.
  package var maker: (any WeightMaker)?
  /// What matrices are rounded to; nil leaves them as they are.
  package var rounding: WeightRounding?

  package init(maker: (any WeightMaker)? = nil, rounding: WeightRounding? = nil) {
    (self.maker, self.rounding) = (maker, rounding)
  }
}

extension WeightMaker {
  /// Makes a whole matrix, on all threads.
  func matrix(_ tensor: String, _ rows: Int, _ columns: Int) -> Matrix {
    var matrix = Matrix(uninitialized: rows, columns)
    matrix.withMutableView { view in
      let slice = max(1, (1 << 16) / max(1, columns))
      Workers.run((rows + slice - 1) / slice) { task in
        let part = (task * slice)..<min((task + 1) * slice, rows)
        make(
          tensor, part, of: (rows, columns), into: view.pointer + part.lowerBound * columns)
      }
    }
    return matrix
  }
}
