// SPDX-License-Identifier: GPL-3.0-or-later

/// Intrinsic dimension from the distances to two neighbours.
package struct TwoNearestNeighbours: TrajectoryMeasure {
  package let id = "intrinsic-dimension-2nn"
  package let title = "Intrinsic dimension (TwoNN)"
  package let shortTitle = "Dimension, TwoNN"
  package let symbol = "d_2NN"
  package let unit = MeasureUnit.dimensions
  package let formula =
    "slope through the origin of −ln(1 − F) on ln μ, μ = r₂/r₁, F = i/n, the lower nine tenths"
  package let about = """
    The dimension of the surface on which the states lie, seen at the distance of the nearest \
    neighbours, where noise counts most. Facco et al., Sci. Rep. 7, 2017; the fit without the largest \
    tenth of the ratios is theirs. Euclidean, states as they are, equal states counted once. With \
    a few hundred tokens a dimension above about 20 is underestimated.
    """

  private static let share = 0.9

  package init() {}

  package func callAsFunction(_ states: Trajectory) throws(MissingReason) -> Double {
    let ratios = try Neighbours(states).logRatios(nearer: 1, farther: 2).sorted()
    let n = Double(ratios.count)
    var (across, along) = (0.0, 0.0)
    for (place, ratio) in ratios.prefix(Int(n * Self.share)).enumerated() {
      across -= ratio * (1 - Double(place + 1) / n).logarithm
      along += ratio * ratio
    }
    guard along > 0 else { throw .tooFew }
    return across / along
  }
}
