// SPDX-License-Identifier: GPL-3.0-or-later
@testable import IsobathChart

/// Charts of every shape, from a seed.
struct RandomCharts {
  private struct Row {
    var x: Value
    var y: Value
    var low: Value
    var high: Value
    var series: Value
  }

  private var noise: Noise

  init(seed: Int) { noise = Noise(UInt64(seed)) }

  private mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int(noise.uniform() * Double(choices.count))]
  }

  private mutating func word() -> String {
    let letters = Array("aeiorstnlmW0123456789-_/. ")
    let count = 1 + Int(noise.uniform() * noise.uniform() * 45)
    return String((0..<count).map { _ in pick(letters) })
  }

  private mutating func number(_ scale: Double) -> Double {
    let x = noise.gaussian() * scale
    return noise.uniform() < 0.05 ? x * 1000 : x
  }

  private mutating func rows(named: Bool) -> [Row] {
    let scale = pick([1e-8, 0.01, 1, 30, 4096, 7e9, 1e300])
    let offset = pick([0, 0, 3 * scale, 1e6 * scale])
    let names = (0...Int(noise.uniform() * 9)).map { _ in word() }
    let series: [Value] = pick([
      [.missing], [.name("base"), .name("tuned")], (0..<12).map { .number(Double($0)) },
      names.map { .name($0) },
    ])
    let count = Int(noise.uniform() * 60)
    return (0..<count).map { index in
      let y = number(scale) + offset
      let isMissing = noise.uniform() < 0.1
      return Row(
        x: named ? .name(pick(names)) : .number(Double(index / max(1, series.count))),
        y: isMissing ? .missing : .number(y), low: .number(y - scale), high: .number(y + scale),
        series: pick(series))
    }
  }

  private mutating func marks(_ rows: [Row]) -> [any Mark] {
    switch pick([0, 1, 2, 3, 4, 5]) {
    case 0:
      return [
        Band(rows, x: \.x, low: \.low, high: \.high, series: \.series, name: word()),
        Line(rows, x: \.x, y: \.y, series: \.series), Rule(y: number(1), word()),
      ]
    case 1: return [Bar(rows, x: \.x, y: \.y, series: \.series)]
    case 2:
      return [
        Dot(rows, x: \.x, y: \.y, series: \.series),
        ErrorBar(rows, x: \.x, low: \.low, high: \.high, series: \.series, name: word()),
      ]
    case 3: return [Cell(rows, x: \.x, y: \.series, fill: \.y, labels: pick([nil, .fixed(1)]))]
    case 4:
      return [
        Swarm(rows, x: \.x, y: \.y), TickMark(rows, x: \.x, y: \.high, name: word()),
      ]
    default:
      return [Box(Quartiles.of(rows, by: \.x, value: \.y), name: word())]
    }
  }

  mutating func next() -> Chart {
    let named = noise.uniform() < 0.5
    let panels = (0..<pick([1, 1, 1, 2, 5])).map { _ in
      let marks = marks(rows(named: named))
      return Panel(word()) { marks }
    }
    return Chart(
      word(), subtitle: word() + word(), caption: word(), description: word(),
      x: Axis(word(), unit: word(), scale: named ? .band : .automatic),
      y: Axis(word(), unit: "nats", scale: pick([.automatic, .log])),
      color: ColorAxis(word(), scale: pick([.linear, .log])),
      legend: pick([.automatic, .automatic, .above]), width: pick([360, 480, 760, 1200]),
      sharesY: noise.uniform() < 0.7, panels: panels)
  }
}
