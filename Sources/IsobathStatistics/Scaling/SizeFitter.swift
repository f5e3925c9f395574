// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Fits laws of size to values at the same sizes, as often as asked: one for each thread.
///
/// Sizes enter as x = ln P less its mean, and values divided by the largest, so that
/// y = A·e^(−bx) + c is well scaled whatever the units; a = A·e^(b·mean). For a given b the best A
/// and c are linear, so that a grid of b shows all local minima; the best three start GSL's
/// Levenberg–Marquardt (`gsl_multifit_nlinear`), and the lowest of what converges is the fit.
package final class SizeFitter {
  private let sizes: Int
  private let x: [Double]
  /// The mean of ln P.
  private let centre: Double
  /// ln(P_max/P_min): the bounds of b are in units of 1/span.
  private let span: Double
  private let profile: ExponentProfile
  private let solvers: [SizeLaw: LeastSquares]

  /// Beyond |b|·span = 40 a law is a step; below 0.01, with a constant, a straight line: a and c are
  /// then more than a hundred times the range of the values.
  static let steepest = 40.0
  static let flattest = 0.01

  /// - Parameters:
  ///   - sizes: P of each model, positive.
  ///   - fewest: sizes below which there is no fit.
  package init(sizes: [Double], fewest: Int = SizeLaw.fewestSizes) throws(SizeFitFailure) {
    if let index = sizes.firstIndex(where: { !($0.isFinite && $0 > 0) }) {
      throw .badSize(index: index)
    }
    guard sizes.count >= fewest else { throw .fewSizes(sizes.count) }
    let different = Set(sizes).count
    guard different >= fewest else { throw .equalSizes(different: different) }
    let logarithms = sizes.map(log)
    centre = logarithms.reduce(0, +) / Double(sizes.count)
    x = logarithms.map { [centre] in $0 - centre }
    span = (x.max() ?? 0) - (x.min() ?? 0)
    guard span > 1e-6 else { throw .equalSizes(different: 1) }
    self.sizes = sizes.count
    profile = ExponentProfile(x: x, span: span)
    solvers = [
      .power: LeastSquares(x: x, law: .power), .shifted: LeastSquares(x: x, law: .shifted),
    ]
  }

  /// The law of these values, one for each size; as many sizes as parameters have a fit without
  /// standard errors.
  package func fit(_ values: [Double], _ law: SizeLaw) throws(SizeFitFailure) -> SizeFit {
    precondition(values.count == sizes, "\(values.count) values for \(sizes) sizes")
    if let index = values.firstIndex(where: { !$0.isFinite }) { throw .badValue(index: index) }
    guard sizes >= law.parameters else { throw .fewSizes(sizes) }
    let scale = values.reduce(0) { max($0, abs($1)) }
    guard let least = values.min(), let most = values.max(), most - least > 1e-12 * scale else {
      throw .flat
    }
    if law == .power, least <= 0, most >= 0 { throw .changesSign }
    return try best(values.map { $0 / scale }, law, scale: scale)
  }

  private func best(
    _ values: [Double], _ law: SizeLaw, scale: Double
  ) throws(SizeFitFailure) -> SizeFit {
    guard let solver = solvers[law] else { throw .notConverged }
    let starts = profile.minima(values, law)
    var best: LeastSquares.Solution?
    for start in starts {
      guard let found = solver.solve(values, from: start) else { continue }
      if found.sum < best?.sum ?? .infinity { best = found }
    }
    guard let solution = best else { throw edge(starts.first, law) ?? .notConverged }
    if let failure = edge(solution.point, law) { throw failure }
    guard solution.condition > 1e-9 else { throw .notIdentified }
    return try described(solution, values, law, scale: scale)
  }

  /// What it means when the best b lies at a bound.
  private func edge(_ point: ExponentProfile.Point?, _ law: SizeLaw) -> SizeFitFailure? {
    guard let point else { return nil }
    let steepness = abs(point.b) * span
    // The grid's own ends count, whichever way their last digit was rounded.
    if steepness >= 0.999 * Self.steepest { return .step }
    return law == .shifted && steepness <= 1.001 * Self.flattest ? .straightLine : nil
  }

  /// The fit in the units of sizes and values.
  private func described(
    _ solution: LeastSquares.Solution, _ values: [Double], _ law: SizeLaw, scale: Double
  ) throws(SizeFitFailure) -> SizeFit {
    let point = solution.point
    let factor = exp(point.b * centre)
    let a = scale * point.amplitude * factor
    guard a.isFinite, a != 0 else { throw .notIdentified }
    let fitted = x.map { scale * (point.amplitude * exp(-point.b * $0) + point.constant) }
    let variance = solution.variance
    // a = A e^(b·centre): its gradient in (A, b) is (e^(b·centre), a·centre).
    let error = variance.map { v in
      let (da, db) = (scale * factor, a * centre)
      return (da * da * v[0][0] + 2 * da * db * v[0][1] + db * db * v[1][1]).squareRoot()
    }
    return SizeFit(
      law: law, a: FittedParameter(value: a, standardError: error),
      b: FittedParameter(value: point.b, standardError: variance.map { $0[1][1].squareRoot() }),
      c: law == .power
        ? nil
        : FittedParameter(
          value: scale * point.constant,
          standardError: variance.map { scale * $0[2][2].squareRoot() }),
      fitted: fitted, residuals: zip(values, fitted).map { scale * $0 - $1 })
  }

  /// The fit with each size left out in turn, of at least `fewest` sizes.
  package static func leaveOneOut(
    sizes: [Double], values: [Double], _ law: SizeLaw, fewest: Int = 3
  ) -> [Result<SizeFit, SizeFitFailure>] {
    sizes.indices.map { left in
      let kept = sizes.indices.filter { $0 != left }
      do throws(SizeFitFailure) {
        let fitter = try SizeFitter(
          sizes: kept.map { sizes[$0] }, fewest: max(fewest, law.parameters))
        return .success(try fitter.fit(kept.map { values[$0] }, law))
      } catch { return .failure(error) }
    }
  }
}
