// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The Gram matrices of two sets of rows, each with a unit diagonal over the same n rows, and the
/// entropies S_α of what they make.
///
/// A and B are ZZᵀ under the paper's preparation: centred, then unit rows. Rows without a direction in
/// either set are left out of both. Joint: S_α(A∘B/n), the element-wise product having trace n too.
/// Giraldo, Rao & Príncipe, arXiv 1211.2459.
struct AlignedKernels {
  /// n.
  let rows: Int
  private let first: SymmetricMatrix
  private let second: SymmetricMatrix
  private let entropy: RenyiEntropy

  init(
    _ first: Trajectory, _ second: Trajectory, _ entropy: RenyiEntropy
  ) throws(MissingReason) {
    let (a, b) = (try first.prepared(.paper), try second.prepared(.paper))
    let common = Set(a.tokens).intersection(b.tokens)
    guard common.count > 1 else { throw .tooFew }
    rows = common.count
    self.first = AlignedKernels.kernel(a, common)
    self.second = AlignedKernels.kernel(b, common)
    self.entropy = entropy
  }

  private static func kernel(_ states: Prepared, _ common: Set<Int>) -> SymmetricMatrix {
    let whole = gram(
      states.elements, rows: states.tokens.count, columns: states.width, side: .rows)
    guard common.count < states.tokens.count else { return whole }
    return whole.principal(states.tokens.indices.filter { common.contains(states.tokens[$0]) })
  }

  /// S_α(A).
  func entropyOfFirst() throws(MissingReason) -> Double { try entropy(of: first) }

  /// S_α(B).
  func entropyOfSecond() throws(MissingReason) -> Double { try entropy(of: second) }

  /// S_α(A∘B), the rows of B taken in another order where one is given.
  func joint(order: [Int]? = nil) throws(MissingReason) -> Double {
    let other = order.map { second.principal($0) } ?? second
    return try entropy(
      of: SymmetricMatrix(order: rows, elements: zip(first.elements, other.elements).map(*)))
  }

  private func entropy(of matrix: SymmetricMatrix) throws(MissingReason) -> Double {
    let values: [Double]
    do throws(LinearError) { values = try eigenvalues(matrix) } catch { throw .noConvergence }
    // The trace is divided out before any order is applied: a shortcut for α = 2 that takes it for n
    // is off by 2 ln n on a matrix that is normalised already.
    let spectrum = Spectrum(unnormalised: values, tokens: rows, width: rows)
    guard let value = entropy(spectrum) else { throw .tooFew }
    return value
  }
}
