// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels
import IsobathLinear

/// A storage type that matrices are rounded to and back, to see what a lower precision changes.
///
/// Every matrix is: the weights of linear layers and the tables of embeddings. Norms and biases stay
/// as they are, as in llama.cpp's files (which keep tables of positions and a router in float32 too).
package enum WeightRounding: String, Sendable, CaseIterable {
  /// IEEE half precision, to nearest, ties to even.
  case f16
  /// The upper half of a float32, to nearest, ties to even.
  case bf16
  /// Blocks of 32 whole numbers of 8 bits and a half-precision scale, as ggml's reference makes them.
  case q8_0
  /// Blocks of 32 whole numbers of 4 bits and a half-precision scale, as ggml's reference makes them.
  case q4_0

  /// Elements of a row that are stored together.
  var elements: Int {
    switch self {
    case .f16, .bf16: 1
    case .q8_0, .q4_0: 32
    }
  }

  /// Rounds numbers in place: whole blocks, one after the other.
  func round(_ values: UnsafeMutablePointer<Float>, count: Int) {
    switch self {
    case .f16: isobath_round_f16(values, count)
    case .bf16: isobath_round_bf16(values, count)
    case .q8_0: isobath_round_q8_0(values, count / 32)
    case .q4_0: isobath_round_q4_0(values, count / 32)
    }
  }

  /// Rounds the rows of a matrix in place, on all threads.
  ///
  /// - Throws: when the type cannot hold a number.
  func round(
    _ view: MatrixView, of tensor: String, path: String
  ) throws(CheckpointError) {
    precondition(view.stride == view.columns && view.columns % elements == 0)
    let slice = max(1, (1 << 16) / max(1, view.columns))
    try Workers.run((view.rows + slice - 1) / slice, throwing: CheckpointError.self) {
      task throws(CheckpointError) in
      let count = (min((task + 1) * slice, view.rows) - task * slice) * view.columns
      let values = view.pointer + task * slice * view.columns
      round(values, count: count)
      var first = 0
      guard isobath_count_not_finite(values, count, &first) == 0 else {
        throw .tooLargeToRound(tensor: tensor, type: rawValue, path: path)
      }
    }
  }
}
