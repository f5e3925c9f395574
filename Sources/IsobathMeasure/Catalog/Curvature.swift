// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The mean angle between successive steps of the states.
package struct Curvature: TrajectoryMeasure {
  package let id = "curvature"
  package let title = "Curvature"
  package let symbol = "κ"
  package let unit = MeasureUnit.radians
  package let formula =
    "mean over t of arccos(v_t·v_{t+1} / (‖v_t‖ ‖v_{t+1}‖)), v_t = x_{t+1} − x_t"
  package let about = """
    How sharply the trajectory of token states turns: 0 on a straight line, π/2 for steps that have \
    nothing to do with each other, 2π/3 for independent states. Hosseini & Fedorenko, \
    arXiv 2311.04930; Skean et al., arXiv 2502.02013. Traps: an absolute value around the cosine folds \
    angles above a right one; and a step between equal states has no direction and is left out.
    """

  package init() {}

  package func callAsFunction(_ states: Trajectory) throws(MissingReason) -> Double {
    let (n, d) = (states.tokens, states.width)
    guard n > 2 else { throw .tooFew }
    let steps = (0..<(n - 1)).map { t in
      (0..<d).map { states.elements[(t + 1) * d + $0] - states.elements[t * d + $0] }
    }
    let lengths = steps.map { dot($0, $0).squareRoot() }
    var (sum, count) = (0.0, 0)
    for t in 0..<(n - 2) where lengths[t] > 0 && lengths[t + 1] > 0 {
      // 2 atan(‖u − v‖ / ‖u + v‖): an arc cosine loses half of the digits near 0 and π.
      var (less, more) = (0.0, 0.0)
      for (a, b) in zip(steps[t], steps[t + 1]) {
        let (u, v) = (a / lengths[t], b / lengths[t + 1])
        less += (u - v) * (u - v)
        more += (u + v) * (u + v)
      }
      sum += 2 * atan2(less.squareRoot(), more.squareRoot())
      count += 1
    }
    guard count > 0 else { throw .tooFew }
    return sum / Double(count)
  }
}
