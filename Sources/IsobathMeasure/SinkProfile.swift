// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// How long the states of one document are at one site, and what its longest one does to the spectrum
/// of states that are not centred.
///
/// Attention sinks (Xiao et al., arXiv 2309.17453) show as one token, mostly the first, whose state is
/// hundreds of times longer than the others'. Queipo-de-Llano et al., arXiv 2510.06477.
package struct SinkProfile: Sendable, Equatable {
  /// The norm of the first token's state; 0 for a document without tokens.
  package let first: Double
  /// The median norm over the tokens whose norm is finite.
  package let median: Double
  /// The largest finite norm.
  package let largest: Double
  /// The positions of the tokens longer than `threshold` times the median, ascending.
  package let sinks: [Int]
  package let threshold: Double
  /// What the longest token says of the spectrum.
  package let bound: Result<SinkBound, MissingReason>

  /// - Parameters:
  ///   - states: one document's states, tokens × width.
  ///   - rule: its threshold says what a sink is.
  package init(_ states: MatrixView, rule: MaskRule = MaskRule()) {
    self.init(states, rule: rule, norms: rowNorms(states))
  }

  init(_ states: MatrixView, rule: MaskRule, norms: [Double]) {
    first = norms.first ?? 0
    median = IsobathMeasure.median(norms)
    largest = norms.filter(\.isFinite).max() ?? 0
    sinks = rule.sinks(norms: norms)
    threshold = rule.sinkThreshold
    do throws(MissingReason) {
      bound = .success(try SinkBound(states, norms: norms))
    } catch { bound = .failure(error) }
  }
}

/// What one long token proves of the spectrum of a document's states as they are (preparation `raw`).
///
/// M = ‖x₀‖² of the longest token, R = Σ ‖x_i‖² of the rest, c = M/R, and a = Σ (x_i·x₀)² / (M R), the
/// mean squared cosine of the rest with x₀, weighted by their squared norms. The direction of x₀ alone
/// holds p = (c + a)/(c + 1) of the trace, so p₁ ≥ p; and with p₁ at least p the entropy is largest
/// when the r − 1 other directions share the rest alike. r = min(N, d).
package struct SinkBound: Sendable, Equatable {
  /// The position of the longest token.
  package let token: Int
  /// c = M/R; infinite when every other state is zero.
  package let concentration: Double
  /// a, from 0 to 1; 0 when every other state is zero.
  package let alignment: Double
  /// p: p₁ is at least this.
  package let leastLargest: Double
  /// H is at most −p ln p − (1 − p) ln(1 − p) + (1 − p) ln(r − 1), nats; ln r where p < 1/r says less.
  package let mostEntropy: Double

  init(_ states: MatrixView, norms: [Double]) throws(MissingReason) {
    guard !norms.isEmpty else { throw .noTokens }
    guard norms.allSatisfy(\.isFinite) else { throw .notFinite }
    var longest = 0
    for row in norms.indices where norms[row] > norms[longest] { longest = row }
    let own = norms[longest] * norms[longest]
    guard own > 0 else { throw .allZero }
    let direction = widened(states, rows: [longest]).map { $0 / norms[longest] }
    let projections = rowProducts(states, direction)
    var (rest, along) = (0.0, 0.0)
    for row in norms.indices where row != longest {
      rest += norms[row] * norms[row]
      along += projections[row] * projections[row]
    }
    token = longest
    concentration = own / rest
    alignment = rest > 0 ? along / rest : 0
    let p = min((own + along) / (own + rest), 1)
    leastLargest = p
    mostEntropy = SinkBound.mostEntropy(p, rank: Double(min(states.rows, states.columns)))
  }

  private static func mostEntropy(_ p: Double, rank: Double) -> Double {
    guard p * rank > 1 else { return rank.logarithm }
    guard p < 1, rank > 1 else { return 0 }
    return 0 - p * p.logarithm - (1 - p) * (1 - p).logarithm + (1 - p) * (rank - 1).logarithm
  }
}
