// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathStatistics

/// The figures of one ladder.
struct ScalingFigures {
  let family: String
  let answers: [ScalingAnswer]

  /// One model's value beside a law's.
  private struct Point {
    let parameters: Int
    let value: Double
    let kind: String
    var low: Double?
    var high: Double?
  }

  private static let law = "a·P^(−b)"
  private static let denominator = "h/ln d, one entropy for all"

  private var stem: String {
    String(
      family.lowercased().unicodeScalars.map { $0.properties.isAlphabetic ? Character($0) : "-" })
  }

  private func of(_ quantity: ScaledQuantity) -> [ScalingAnswer] {
    answers.filter { $0.quantity == quantity }
  }

  var all: [Figure] {
    var figures: [Figure] = []
    let published = of(.published)
    if !published.isEmpty { figures += [values(published), residuals(published)] }
    for quantity in ScaledQuantity.allCases where quantity != .published {
      let answers = of(quantity)
      if !answers.isEmpty { figures.append(curves(quantity, answers)) }
    }
    return figures
  }

  private func title(_ answer: ScalingAnswer) -> String {
    let place = answer.series.place
    return ["", "final-norm"].contains(place)
      ? answer.series.corpus : "\(answer.series.corpus), \(place)"
  }

  private var axis: Axis {
    Axis("Parameters P", scale: .log, format: .compact)
  }

  /// The published value with its law and with the pure denominator, a panel for each corpus.
  private func values(_ answers: [ScalingAnswer]) -> Figure {
    let alt = ScalingFinding(family, self.answers).sentence
    let panels = answers.map { answer in
      Panel(title(answer)) {
        Line(
          points(answer, Self.law, answer.fit(.power)?.fitted), x: \.parameters, y: \.value,
          series: \.kind, points: false)
        Line(
          points(answer, Self.denominator, answer.control?.fitted), x: \.parameters, y: \.value,
          series: \.kind, points: false)
        Dot(
          points(answer, "published form H/ln d", answer.estimates), x: \.parameters, y: \.value,
          series: \.kind, style: Style(color: .ink))
      }
    }
    let chart = Chart(
      "The published value and its denominator",
      subtitle:
        "\(family): H/ln d by size, its power law, and 1/ln d with one entropy for all sizes",
      description: alt, x: axis, y: Axis("H/ln d", scale: .log),
      order: [Self.law, Self.denominator], legend: .above, panels: panels)
    return Figure(
      name: "\(stem)-published", chart: chart, alt: alt,
      table: table(answers, [Self.law, "h/ln d"]) { answer, index in
        [
          answer.estimates[index], answer.fit(.power)?.fitted[index],
          answer.control?.fitted[index],
        ]
      })
  }

  /// What the law and what the denominator leave unexplained.
  private func residuals(_ answers: [ScalingAnswer]) -> Figure {
    let alt =
      "\(family): what is left of H/ln d after its power law, and after one entropy divided by ln d."
    let panels = answers.map { answer in
      Panel(title(answer)) {
        Rule(y: 0)
        Line(
          points(answer, Self.law, answer.fit(.power)?.residuals), x: \.parameters, y: \.value,
          series: \.kind)
        Line(
          points(answer, Self.denominator, answer.control?.residuals), x: \.parameters,
          y: \.value, series: \.kind)
      }
    }
    let chart = Chart(
      "What the law and the denominator leave", subtitle: "\(family): H/ln d less each of them",
      description: alt, x: axis, y: Axis("Residual of H/ln d"),
      order: [Self.law, Self.denominator], legend: .above, panels: panels)
    return Figure(
      name: "\(stem)-residuals", chart: chart, alt: alt,
      table: table(answers, ["less \(Self.law)", "less h/ln d"]) { answer, index in
        [
          answer.estimates[index], answer.fit(.power)?.residuals[index],
          answer.control?.residuals[index],
        ]
      })
  }

  /// Any other quantity by size with its power law, a panel for each corpus.
  private func curves(_ quantity: ScaledQuantity, _ answers: [ScalingAnswer]) -> Figure {
    let rising = answers.count { $0.change > 0 }
    let alt =
      "\(family): \(quantity.title) by size; it rises in \(rising) of \(answers.count) panels."
    let panels = answers.map { answer in
      let dots = points(answer, quantity.symbol, answer.estimates, answer.intervals)
      return Panel(title(answer)) {
        Line(
          points(answer, Self.law, answer.fit(.power)?.fitted), x: \.parameters, y: \.value,
          series: \.kind, points: false)
        ErrorBar(dots, x: \.parameters, low: \.low, high: \.high, style: Style(color: .ink))
        Dot(dots, x: \.parameters, y: \.value, series: \.kind, style: Style(color: .ink))
      }
    }
    let isPositive = answers.allSatisfy { $0.estimates.allSatisfy { $0 > 0 } }
    let chart = Chart(
      quantity.title, subtitle: "\(family), by size", description: alt, x: axis,
      y: Axis(quantity.symbol, unit: quantity.unit, scale: isPositive ? .log : .linear),
      order: [Self.law], legend: .above, panels: panels)
    return Figure(
      name: "\(stem)-\(quantity.id)", chart: chart, alt: alt,
      table: table(answers, [Self.law]) { answer, index in
        [answer.estimates[index], answer.fit(.power)?.fitted[index]]
      })
  }

  private func points(
    _ answer: ScalingAnswer, _ kind: String, _ values: [Double]?, _ intervals: [Interval]? = nil
  ) -> [Point] {
    guard let values else { return [] }
    return answer.models.indices.map { index in
      Point(
        parameters: answer.models[index].parameters, value: values[index], kind: kind,
        low: intervals?[index].low, high: intervals?[index].high)
    }
  }

  private func table(
    _ answers: [ScalingAnswer], _ columns: [String],
    _ numbers: (ScalingAnswer, Int) -> [Double?]
  ) -> Table {
    let rows = answers.flatMap { answer in
      answer.models.indices.map { index in
        [title(answer), answer.models[index].label, "\(answer.models[index].parameters)"]
          + numbers(answer, index).map { Wording.number($0, 4) }
      }
    }
    return Table(
      ["corpus", "model"], numbers: ["parameters", "value"] + columns, rows)
  }
}
