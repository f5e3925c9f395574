// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

@testable import IsobathChart

/// A large heat map: every position to 32, then logarithmic, with cells that have no value.
func positionByLayer() -> Chart {
  var positions = Array(1...32).map { Double($0) }
  while let last = positions.last, last < 2048 { positions.append((last * 1.16).rounded()) }
  let data = (0...30).flatMap { layer in
    positions.map { t in
      let depth = Double(layer) / 30
      let most = log(min(t, 576))
      let share = 1 - 0.55 * exp(-pow((depth - 0.5) / 0.28, 2)) * (1 - exp(-t / 60))
      let isMissing = t == 1 || (layer == 30 && t > 900)
      return Entry(
        row: .number(Double(layer)), column: .number(t),
        value: isMissing ? nil : most * share * 0.92)
    }
  }
  return Chart(
    "The valley opens with context",
    subtitle: "Entropy of the first t tokens at each layer, SmolLM2-135M, one document",
    description:
      "Heat map of layer against position. Entropy grows with the logarithm of the position at the "
      + "first and last layers, and stays low at the middle layers from about 60 tokens on.",
    x: Axis("Prefix length t", unit: "tokens", scale: .log),
    y: Axis("Layer"), color: ColorAxis("Entropy", unit: "nats")
  ) {
    Cell(data, x: \.column, y: \.row, fill: \.value)
  }
}
