// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

@testable import IsobathChart

/// One small chart for each mark and for what the layout has to cope with.
private struct Point2 {
  var name: String
  var group = ""
  var x = 0.0
  var y: Double?
  var low = 0.0
  var high = 0.0
}

private let models = ["Pythia-70M", "Pythia-160M", "Pythia-410M", "Pythia-1B"]

private func grouped() -> [Point2] {
  models.enumerated().flatMap { index, model in
    ["trained", "untrained"].map { group in
      let y = group == "trained" ? 3.1 - 0.22 * Double(index) : 4.1 - 0.03 * Double(index)
      return Point2(name: model, group: group, y: y, low: y - 0.13, high: y + 0.17)
    }
  }
}

func barChart() -> Chart {
  Chart(
    "Bars, grouped", description: "Grouped bars.", x: Axis("Model"),
    y: Axis("Entropy", unit: "nats"), width: 480, panelHeight: 180
  ) {
    Bar(grouped(), x: \.name, y: \.y, series: \.group)
    ErrorBar(
      grouped(), x: \.name, low: \.low, high: \.high, series: \.group, name: "95 % interval",
      style: Style(color: .ink))
  }
}

func flatBarChart() -> Chart {
  let rows = [("residual-mid", -0.42), ("attention-out", 0.8), ("mlp-out", 1.31)].map {
    Point2(name: $0.0, y: $0.1)
  }
  return Chart(
    "Bars, flat, on both sides of zero", description: "Flat bars.",
    x: Axis("Change", unit: "nats"), y: Axis("Site"), width: 480
  ) { Bar(rows, x: \.y, y: \.name) }
}

func dotChart() -> Chart {
  Chart(
    "Dots with error bars, flat", description: "Dots.",
    x: Axis("Entropy", unit: "nats"), y: Axis("Model"), width: 480
  ) {
    ErrorBar(grouped(), y: \.name, low: \.low, high: \.high, series: \.group)
    Dot(grouped(), x: \.y, y: \.name, series: \.group)
  }
}

func scalingChart() -> Chart {
  let sizes = [14e6, 70e6, 160e6, 410e6, 1e9, 1.4e9, 2.8e9, 6.9e9, 12e9]
  let values = [0.7732, 0.6707, 0.6243, 0.5760, 0.5328, 0.5309, 0.5263, 0.5003, 0.4876]
  let rows = zip(sizes, values).map { size, value in
    Point2(name: NumberFormat.compact(size), x: size, y: value)
  }
  let fit = (0...40).map { step in
    let x = pow(10, 7 + Double(step) / 40 * 3.2)
    return Point2(name: "", x: x, y: 2.13 * pow(x, -0.0628))
  }
  return Chart(
    "Entropy against size", subtitle: "Normalised matrix entropy of Pythia on dolly-15k",
    description: "Scatter chart with a fitted power law.",
    x: Axis("Parameters", scale: .log, format: .compact),
    y: Axis("H / ln d", scale: .log), legend: .above, width: 480, panelHeight: 240
  ) {
    Line(fit, x: \.x, y: \.y, name: "power law", style: .reference)
    Dot(rows, x: \.x, y: \.y, name: "Pythia")
    Text(rows, x: \.x, y: \.y, text: \.name)
  }
}

func facetChart() -> Chart {
  let rows = ["Llama", "Pythia", "GPT-2", "OPT", "Gemma"].enumerated().flatMap { index, family in
    ["base", "tuned"].flatMap { group in
      (0...12).map { layer in
        let depth = Double(layer) / 12
        let shift = group == "tuned" ? 0.25 * depth : 0
        let y =
          curve(depth, from: 4.4, valley: 2.6 + 0.2 * Double(index), at: 0.55, end: 3.9) - shift
        let isMissing = family == "OPT" && (layer == 5 || layer == 7)
        return Point2(
          name: family, group: group, x: depth, y: isMissing ? nil : y, low: y - 0.1, high: y + 0.1)
      }
    }
  }
  return Chart(
    "Small multiples share their scales",
    subtitle: "A missing value is a gap; a value between two gaps is a dot",
    description: "Five panels.", x: Axis("Relative depth"), y: Axis("Entropy", unit: "nats"),
    panels: Panel.each(rows, by: \.name) { rows in
      Band(rows, x: \.x, low: \.low, high: \.high, series: \.group, name: "95 % interval")
      Line(rows, x: \.x, y: \.y, series: \.group)
      Rule(y: 4.7, "chance")
    })
}

func differenceChart() -> Chart {
  let sites = ["residual", "residual-mid", "attention-out", "mlp-out"]
  var data: [Entry] = []
  for layer in 0...12 {
    for (index, site) in sites.enumerated() {
      let wave: Double = sin(Double(layer + index * 3) / 3)
      data.append(
        Entry(row: .name(site), column: .number(Double(layer)), value: wave * 0.4 - 0.1))
    }
  }
  return Chart(
    "Signed differences", description: "Diverging heat map.", x: Axis("Block"), y: Axis("Site"),
    color: .diverging("Tuned − base", unit: "nats"), width: 480
  ) { Cell(data, x: \.column, y: \.row, fill: \.value) }
}

func namesChart() -> Chart {
  let rows = [
    "HuggingFaceTB/SmolLM2-135M-Instruct", "EleutherAI/pythia-160m-deduped", "gpt2",
    "facebook/opt-125m", "google/gemma-3-270m", "Qwen/Qwen3-0.6B", "cerebras/Cerebras-GPT-111M",
  ].enumerated().map { Point2(name: $0.element, y: 3 + Double($0.offset % 3), low: 1, high: 6) }
  return Chart(
    "Long names are tilted, not cut across each other", description: "Boxes and ticks.",
    x: Axis("Model"), y: Axis("Entropy", unit: "nats"), width: 480, panelHeight: 160
  ) {
    Box(
      rows, at: \.name, low: { $0.low }, lower: { ($0.y ?? 0) - 1 }, median: \.y,
      upper: { ($0.y ?? 0) + 1 }, high: \.high)
    TickMark(rows, x: \.name, y: { _ in 6.5 }, name: "maximum", style: Style(color: .ink))
  }
}

func emptyChart() -> Chart {
  Chart(
    "Nothing to see", description: "An empty chart.", x: Axis("x"), y: Axis("y", scale: .log),
    width: 300, panelHeight: 80
  ) {
    Line([Point2](), x: \.x, y: \.y)
    Cell([Point2](), x: \.x, y: \.y, fill: \.y)
  }
}
