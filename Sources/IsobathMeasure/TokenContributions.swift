// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// How much of the matrix entropy each token carries.
///
/// h_i = −n Σ_k p_k ln p_k · u_ik², n being the tokens that take part and u_k the unit eigenvectors of
/// ZZᵀ: the share of direction k that token i has, times what the direction adds to H. The mean of h_i
/// over the tokens that take part is H. Equal to −n z_iᵀ ln Σ z_i / tr(ZᵀZ), which is how more tokens
/// than dimensions are measured. Nats; never negative, and one value may exceed ln n.
package struct TokenContributions: Sendable, Equatable {
  /// Why a token has no part.
  package enum LeftOut: String, Error, Sendable {
    case masked = "left out by the mask"
    case noDirection = "no direction is left of it by the preparation"
  }

  package let preparation: Preparation
  /// One for each token of the document, in nats.
  package let values: [Result<Double, LeftOut>]

  /// - Parameters:
  ///   - states: one document's states, tokens × width.
  ///   - preparation: what is done to them first.
  ///   - rule: what its mask leaves out.
  package init(
    _ states: MatrixView, _ preparation: Preparation, rule: MaskRule = MaskRule()
  ) throws(MissingReason) {
    let gram = DocumentGram(states, rule, preparations: [preparation], prefixes: false)
    self = try gram.masked(preparation, prefixes: false).contributions().get().contributions
  }

  init(preparation: Preparation, values: [Result<Double, LeftOut>]) {
    self.preparation = preparation
    self.values = values
  }
}

extension MaskedGram {
  /// Every token's part, and the spectrum that the same decomposition gives.
  func contributions() -> Result<
    (spectrum: Spectrum, contributions: TokenContributions), MissingReason
  > {
    do throws(MissingReason) {
      let kernel = try kernel(tokens.count)
      let (spectrum, parts) = try kernel.contributions()
      var values = [Result<Double, TokenContributions.LeftOut>](
        repeating: .failure(.masked), count: states.rows)
      for token in kernel.dropped { values[token] = .failure(.noDirection) }
      for (token, part) in zip(kernel.tokens, parts) { values[token] = .success(part) }
      return .success(
        (spectrum, TokenContributions(preparation: preparation, values: values)))
    } catch { return .failure(error) }
  }
}

extension Kernel {
  /// h_i of each of the tokens, and the spectrum.
  fileprivate func contributions() throws(MissingReason) -> (Spectrum, [Double]) {
    let (values, vectors): ([Double], [Double])
    do throws(LinearError) { (values, vectors) = try eigenSystem(matrix) } catch {
      throw .noConvergence
    }
    let spectrum = spectrum(of: values)
    let p = spectrum.eigenvalues.reversed().map(\.self)
    let n = Double(tokens.count)
    var weights = p.map { $0 > 0 ? 0 - n * $0 * $0.logarithm : 0 }
    let order = matrix.order
    guard !states.isEmpty else { return (spectrum, weightedSquares(vectors, weights)) }
    // Z v_k is √λ_k u_k; its own length is taken, so that small directions keep their unit vectors.
    let projected = product(
      vectors, states, rows: order, inner: order, columns: tokens.count, transposed: true)
    let count = tokens.count
    for k in 0..<order {
      let own = Array(projected[(k * count)..<((k + 1) * count)])
      let square = dot(own, own)
      weights[k] = square > 0 ? weights[k] / square : 0
    }
    return (spectrum, weightedSquares(projected, weights))
  }

  /// Σ_k w_k x_ki² for each token i.
  private func weightedSquares(_ x: [Double], _ weights: [Double]) -> [Double] {
    weightedSum(
      x.map { $0 * $0 }, rows: weights.count, columns: tokens.count, weights)
  }
}
