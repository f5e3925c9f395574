// SPDX-License-Identifier: GPL-3.0-or-later
@testable import IsobathChart

/// One value for each document and layer.
struct DocumentValue {
  var layer: Int
  var value: Double
}

func documentValues(documents: Int, layers: Int) -> [DocumentValue] {
  var noise = Noise(7)
  return (0...layers).flatMap { layer in
    (0..<documents).map { _ in
      let depth = Double(layer) / Double(layers)
      let centre = curve(depth, from: 4.4, valley: 2.9, at: 0.6, end: 3.8)
      return DocumentValue(
        layer: layer, value: centre + noise.gaussian() * (0.12 + 0.16 * depth))
    }
  }
}

/// Every document as a dot, with the median of each layer.
func spreadByLayer() -> Chart {
  let data = documentValues(documents: 80, layers: 12)
  return Chart(
    "Documents differ more as depth grows",
    subtitle: "Matrix entropy of each of 80 documents by layer, Pythia-160M; line: median",
    description:
      "Swarms of dots by layer. The spread between documents doubles from layer 0 to layer 12.",
    x: Axis("Layer"), y: Axis("Matrix entropy", unit: "nats")
  ) {
    Swarm(data, x: \.layer, y: \.value, style: Style(color: Color(0x56B4E9)))
    TickMark(
      Quartiles.of(data, by: \.layer, value: \.value), x: \.key, y: \.median,
      style: Style(color: .ink))
  }
}

/// The same as boxes, for more documents than a swarm can hold.
func quartilesByLayer() -> Chart {
  let data = documentValues(documents: 400, layers: 30)
  return Chart(
    "Documents differ more as depth grows",
    subtitle: "Matrix entropy of 400 documents by layer, SmolLM2-135M",
    description: "Boxes by layer. The boxes double in height from layer 0 to layer 30.",
    x: Axis("Layer"), y: Axis("Matrix entropy", unit: "nats")
  ) {
    Box(
      Quartiles.of(data, by: \.layer, value: \.value, tail: 0.05),
      name: "median, quartiles, 5 % to 95 %")
  }
}
