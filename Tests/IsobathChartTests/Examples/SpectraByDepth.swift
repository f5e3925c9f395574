// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

@testable import IsobathChart

/// Spectra on two logarithmic axes; series are numbers and take their colours from a ramp.
func spectraByDepth() -> Chart {
  struct Eigenvalue {
    var layer: Int
    var rank: Int
    var share: Double
  }
  let data = [0, 6, 12, 18, 24, 30].flatMap { layer in
    let slope = 0.75 + 0.7 * sin(Double(layer) / 30 * 2.6)
    let values = (1...512).map { pow(Double($0) + 1, -slope) * exp(-Double($0) / 260) }
    let sum = values.reduce(0, +)
    return values.enumerated().map {
      Eigenvalue(layer: layer, rank: $0 + 1, share: $1 / sum)
    }
  }
  return Chart(
    "Middle layers concentrate variance in few directions",
    subtitle: "Eigenvalues of the token covariance, trace one, SmolLM2-135M, one document",
    description:
      "Log-log chart of eigenvalue against rank at six layers. Layers 12 and 18 begin highest and "
      + "fall most steeply; the embedding is the flattest.",
    x: Axis("Rank i", scale: .log), y: Axis("Eigenvalue pᵢ", scale: .log),
    color: ColorAxis("Layer")
  ) {
    Line(data, x: \.rank, y: \.share, series: \.layer)
    Rule(x: 5, "fit from here", style: .reference)
  }
}
