// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// y = A·e^(−bx) + c by GSL's trust-region least squares (Levenberg–Marquardt, QR), with a workspace
/// that is used again.
final class LeastSquares {
  /// Where the sum of squares is least.
  struct Solution {
    let point: ExponentProfile.Point
    let sum: Double
    /// s²(JᵀJ)⁻¹ in the order A, b, c; nil when no degree of freedom is left.
    let variance: [[Double]]?
    /// The smallest over the largest singular value of the scaled Jacobian.
    let condition: Double
  }

  /// What GSL's callbacks read; GSL holds a pointer to it while it solves.
  private final class Problem {
    let x: [Double]
    var y: [Double]
    let law: SizeLaw

    init(x: [Double], law: SizeLaw) {
      self.x = x
      y = x
      self.law = law
    }
  }

  private let problem: Problem
  private let workspace: UnsafeMutablePointer<gsl_multifit_nlinear_workspace>
  private let start: UnsafeMutablePointer<gsl_vector>
  private let covariance: UnsafeMutablePointer<gsl_matrix>
  private let parameters: Int

  private static let steps = 200
  /// Of a step, relative to the parameters.
  private static let tolerance = 1e-13
  /// Of the gradient: as good as none, as it is small early where parameters hang together.
  private static let gradient = 1e-30
  private static let success = Int32(GSL_SUCCESS)
  private static let badPointer = Int32(GSL_EFAULT)

  /// - Parameter x: at least as many as the law has parameters.
  init(x: [Double], law: SizeLaw) {
    _ = GSL.ready
    problem = Problem(x: x, law: law)
    parameters = law.parameters
    var options = gsl_multifit_nlinear_default_parameters()
    let n = max(x.count, law.parameters)
    guard
      let workspace = gsl_multifit_nlinear_alloc(
        isobath_gsl_nlinear_trust(), &options, n, law.parameters),
      let start = gsl_vector_alloc(law.parameters),
      let covariance = gsl_matrix_alloc(law.parameters, law.parameters)
    else { preconditionFailure("no memory for a fit of \(x.count) sizes") }
    self.workspace = workspace
    self.start = start
    self.covariance = covariance
  }

  deinit {
    gsl_multifit_nlinear_free(workspace)
    gsl_vector_free(start)
    gsl_matrix_free(covariance)
  }

  /// The local minimum that is reached from a point; nil when it does not settle.
  func solve(_ y: [Double], from point: ExponentProfile.Point) -> Solution? {
    precondition(y.count == problem.x.count && y.count >= parameters, "\(y.count) values")
    problem.y = y
    var system = gsl_multifit_nlinear_fdf()
    system.f = { LeastSquares.residuals($0, $1, $2) }
    system.df = { LeastSquares.jacobian($0, $1, $2) }
    system.n = y.count
    system.p = parameters
    system.params = Unmanaged.passUnretained(problem).toOpaque()
    for (index, value) in [point.amplitude, point.b, point.constant].prefix(parameters).enumerated()
    {
      gsl_vector_set(start, index, value)
    }
    return withUnsafeMutablePointer(to: &system) { system in
      guard gsl_multifit_nlinear_init(start, system, workspace) == Self.success else {
        return nil
      }
      var reason: Int32 = 0
      let status = gsl_multifit_nlinear_driver(
        Self.steps, Self.tolerance, Self.gradient, 0, nil, nil, &reason, workspace)
      return solution(hasConverged: status == Self.success)
    }
  }

  /// What the workspace holds, when it is a minimum: GSL's own test, or, as a step can no longer be
  /// made smaller, a gradient that rounding explains.
  private func solution(hasConverged: Bool) -> Solution? {
    guard let f = gsl_multifit_nlinear_residual(workspace),
      let jacobian = gsl_multifit_nlinear_jac(workspace),
      let position = gsl_multifit_nlinear_position(workspace)
    else { return nil }
    let n = problem.y.count
    let residuals = (0..<n).map { gsl_vector_get(f, $0) }
    let sum = residuals.reduce(0) { $0 + $1 * $1 }
    let numbers = (0..<parameters).map { gsl_vector_get(position, $0) }
    guard sum.isFinite, numbers.allSatisfy(\.isFinite) else { return nil }
    guard hasConverged || isStationary(residuals, jacobian, sum) else { return nil }
    var condition = 0.0
    gsl_multifit_nlinear_rcond(&condition, workspace)
    let freedom = n - parameters
    gsl_multifit_nlinear_covar(jacobian, 0, covariance)
    let variance = (0..<parameters).map { row in
      (0..<parameters).map { gsl_matrix_get(covariance, row, $0) * sum / Double(max(freedom, 1)) }
    }
    return Solution(
      point: ExponentProfile.Point(
        amplitude: numbers[0], b: numbers[1], constant: parameters == 3 ? numbers[2] : 0),
      sum: sum, variance: freedom > 0 ? variance : nil, condition: condition)
  }

  /// Whether |Jᵀf| ≤ 1e-9 |J||f| in each parameter, or the residuals are rounding.
  private func isStationary(
    _ residuals: [Double], _ jacobian: UnsafeMutablePointer<gsl_matrix>, _ sum: Double
  ) -> Bool {
    let rounding = 1e-14 * Double(residuals.count).squareRoot()
    if sum.squareRoot() <= rounding { return true }
    return (0..<parameters).allSatisfy { column in
      let entries = residuals.indices.map { gsl_matrix_get(jacobian, $0, column) }
      let product = zip(entries, residuals).reduce(0) { $0 + $1.0 * $1.1 }
      let norm = entries.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return abs(product) <= 1e-9 * norm * sum.squareRoot()
    }
  }

  private static func problem(_ raw: UnsafeMutableRawPointer?) -> Problem? {
    raw.map { Unmanaged<Problem>.fromOpaque($0).takeUnretainedValue() }
  }

  /// f_i = A e^(−b x_i) + c − y_i.
  private static func residuals(
    _ at: UnsafePointer<gsl_vector>?, _ raw: UnsafeMutableRawPointer?,
    _ f: UnsafeMutablePointer<gsl_vector>?
  ) -> Int32 {
    guard let problem = problem(raw), let at, let f else { return badPointer }
    let (amplitude, b) = (gsl_vector_get(at, 0), gsl_vector_get(at, 1))
    let constant = problem.law == .shifted ? gsl_vector_get(at, 2) : 0
    for index in problem.x.indices {
      let curve = amplitude * exp(-b * problem.x[index])
      gsl_vector_set(f, index, curve + constant - problem.y[index])
    }
    return success
  }

  /// ∂f_i/∂(A, b, c) = (e, −A x_i e, 1), e = e^(−b x_i).
  private static func jacobian(
    _ at: UnsafePointer<gsl_vector>?, _ raw: UnsafeMutableRawPointer?,
    _ j: UnsafeMutablePointer<gsl_matrix>?
  ) -> Int32 {
    guard let problem = problem(raw), let at, let j else { return badPointer }
    let (amplitude, b) = (gsl_vector_get(at, 0), gsl_vector_get(at, 1))
    for index in problem.x.indices {
      let x = problem.x[index]
      let e = exp(-b * x)
      gsl_matrix_set(j, index, 0, e)
      gsl_matrix_set(j, index, 1, -amplitude * x * e)
      if problem.law == .shifted { gsl_matrix_set(j, index, 2, 1) }
    }
    return success
  }
}
