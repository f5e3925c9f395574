// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear

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
    let steps = [Double](unsafeUninitializedCapacity: (n - 1) * d) { steps, count in
      for place in 0..<(n - 1) * d {
        steps[place] = states.elements[place + d] - states.elements[place]
      }
      count = (n - 1) * d
    }
    let lengths = rowProducts(steps, rows: n - 1, columns: d, lag: 0).map { $0.squareRoot() }
    let products = rowProducts(steps, rows: n - 1, columns: d, lag: 1)
    var (sum, count) = (0.0, 0)
    for t in 0..<(n - 2) where lengths[t] > 0 && lengths[t + 1] > 0 {
      let cosine = products[t] / lengths[t] / lengths[t + 1]
      let pair = steps[(t * d)..<((t + 2) * d)]
      sum += abs(cosine) < Self.steep ? acos(cosine) : Self.angle(pair, lengths[t], lengths[t + 1])
      count += 1
    }
    guard count > 0 else { throw .tooFew }
    return sum / Double(count)
  }

  /// Beyond this cosine an arc cosine loses digits.
  private static let steep = 0.9

  /// 2 atan(‖u − v‖ / ‖u + v‖) of two steps that stand one after the other, exact near 0 and π.
  private static func angle(_ pair: ArraySlice<Double>, _ first: Double, _ second: Double) -> Double
  {
    let d = pair.count / 2
    var (less, more) = (0.0, 0.0)
    for place in pair.startIndex..<(pair.startIndex + d) {
      let (u, v) = (pair[place] / first, pair[place + d] / second)
      less += (u - v) * (u - v)
      more += (u + v) * (u + v)
    }
    return 2 * atan2(less.squareRoot(), more.squareRoot())
  }
}
