// SPDX-License-Identifier: GPL-3.0-or-later
@testable import IsobathChart

/// Curves with intervals, a reference, and a named stop that is not a layer.
func entropyByDepth() -> Chart {
  func rows(
    _ model: String, layers: Int, _ start: Double, _ valley: Double, _ place: Double, _ end: Double,
    final: Double
  ) -> [Estimate] {
    let layered = (0...layers).map { layer in
      let depth = Double(layer) / Double(layers)
      let value = curve(depth, from: start, valley: valley, at: place, end: end)
      let half = 0.05 + 0.07 * depth
      return Estimate(
        model: model, layer: .number(depth), value: value, low: value - half, high: value + half)
    }
    return layered + [
      Estimate(
        model: model, layer: .name("final norm"), value: final, low: final - 0.12,
        high: final + 0.12)
    ]
  }
  let data =
    rows("SmolLM2-135M", layers: 30, 4.52, 2.71, 0.55, 3.92, final: 4.18)
    + rows("SmolLM2-135M, untrained", layers: 30, 4.48, 4.22, 0.9, 4.24, final: 4.25)
  return Chart(
    "Representations compress most at 55 % of the depth",
    subtitle:
      "Matrix entropy of each layer's residual stream, mean over 200 documents of 512 tokens; "
      + "band: 95 % interval over documents",
    description:
      "Line chart. The entropy of SmolLM2-135M falls from 4.5 nats at the embedding to 2.7 nats at "
      + "55 % of the depth and rises to 3.9; without training it stays near 4.2 nats.",
    x: Axis("Relative depth (0 = embedding, 1 = last block)", scale: .linear),
    y: Axis("Matrix entropy", unit: "nats")
  ) {
    Rule(y: 4.74, "Isotropic null, ln m − m/2n")
    Band(data, x: \.layer, low: \.low, high: \.high, series: \.model)
    Line(data, x: \.layer, y: \.value, series: \.model)
  }
}
