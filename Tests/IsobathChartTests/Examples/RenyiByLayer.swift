// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

@testable import IsobathChart

/// A small heat map with its values written in the cells.
func renyiByLayer() -> Chart {
  let orders = ["0", "½", "1", "2", "4", "∞"]
  let data = orders.enumerated().flatMap { rank, order in
    (0...13).map { layer in
      let depth = min(Double(layer), 12.4) / 12
      let base = curve(depth, from: 5.1, valley: 3.2, at: 0.6, end: 4.4)
      let value = 6.2 - (6.2 - base) * (1 - exp(-Double(rank) * 0.55)) * 1.25
      return Entry(
        row: .name(order), column: layer == 13 ? .name("final norm") : .number(Double(layer)),
        value: value)
    }
  }
  return Chart(
    "High orders see the valley, low orders do not",
    subtitle: "Rényi entropy of order α by layer, Pythia-160M, mean over 200 documents",
    description:
      "Heat map of Rényi order against layer. Order 0 is flat at 6.2 nats; order ∞ falls below 3 "
      + "nats at layer 7.",
    x: Axis("Layer"), y: Axis("Rényi order α", scale: .band),
    color: ColorAxis("Entropy", unit: "nats")
  ) {
    Cell(data, x: \.column, y: \.row, fill: \.value, labels: .fixed(2))
  }
}
