// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The inner products of one document's states at one site, from which every preparation follows.
///
/// A mask is a principal block, centring is HGH with H = I − 11ᵀ/n, unit rows divide by √diag; so all
/// masks, rows and prefixes share one Gram matrix. Two are kept where both are asked for: the states
/// as they are serve what is not centred, without a digit lost; what is centred is served by the
/// states less the mean of all tokens that are no sinks, because HGH of states far from the origin
/// loses the digits that their mean has in common.
struct DocumentGram {
  /// The L2 norm of each token's state.
  let norms: [Double]
  private let states: MatrixView
  private let rule: MaskRule
  private let raw: SymmetricMatrix?
  /// Of the states less one common row; nil where nothing is centred or the other side is smaller.
  let shifted: SymmetricMatrix?

  /// - Parameters:
  ///   - states: one document's states, tokens × width.
  ///   - rule: which tokens the masks leave out.
  ///   - preparations: those that will be asked for.
  ///   - prefixes: whether the first of them is asked for at every length; without it, a document of
  ///     more tokens than dimensions has the smaller matrix on the other side, and none is made here.
  init(
    _ states: MatrixView, _ rule: MaskRule, preparations: [Preparation], prefixes: Bool
  ) {
    self.states = states
    self.rule = rule
    norms = rowNorms(states)
    let wanted = states.rows <= states.columns ? preparations : Array(preparations.prefix(1))
    guard norms.allSatisfy(\.isFinite), states.rows <= states.columns || prefixes else {
      (raw, shifted) = (nil, nil)
      return
    }
    raw = wanted.contains { $0.centring == .none } ? gram(states, side: .rows) : nil
    shifted =
      wanted.contains { $0.centring == .tokens }
      ? DocumentGram.shifted(states, sinks: rule.sinks(norms: norms)) : nil
  }

  /// The part of the document that a preparation's mask leaves.
  ///
  /// - Parameter prefixes: whether it is asked for at every length: a block that is wider than the
  ///   states serves nothing else.
  func masked(_ preparation: Preparation, prefixes: Bool) -> MaskedGram {
    let tokens: [Int]
    var empty = states.rows > 0 ? MissingReason.maskedOut : .noTokens
    do throws(MissingReason) {
      tokens = try rule.tokens(preparation.mask, norms: norms)
    } catch { (tokens, empty) = ([], error) }
    let isOfUse = prefixes || tokens.count <= states.columns
    let whole = !isOfUse ? nil : preparation.centring == .tokens ? shifted : raw
    return MaskedGram(
      states: states, preparation: preparation, tokens: tokens, empty: empty,
      gram: tokens.count == states.rows ? whole : whole?.principal(tokens))
  }

  /// The inner products of the states less the mean of all that are no sinks.
  static func shifted(_ states: MatrixView, sinks: [Int]) -> SymmetricMatrix {
    var x = widened(states)
    let (n, d) = (states.rows, states.columns)
    let apart = Set(sinks)
    // Summed and then divided: the sum of float32 is exact, and a token at the mean becomes zero.
    let sum = weightedSum(x, rows: n, columns: d, (0..<n).map { apart.contains($0) ? 0 : 1 })
    let mean = sum.map { $0 / Double(max(n - apart.count, 1)) }
    for row in 0..<n {
      for column in 0..<d { x[row * d + column] -= mean[column] }
    }
    return gram(x, rows: n, columns: d, side: .rows)
  }
}
