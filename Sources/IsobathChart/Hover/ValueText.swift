// SPDX-License-Identifier: GPL-3.0-or-later

/// How the values of one axis read beside a figure: "Matrix entropy: 3.31 nats".
struct ValueText: Sendable {
  /// Stand before and after numbers.
  let prefix: String
  let suffix: String
  /// Stands before names; nothing where they are stops beside an axis of numbers.
  private let namePrefix: String
  private let format: NumberFormat

  /// Digits of a number, one more than tables of reports have.
  private static let digits = 5

  private init(label: String, unit: String, format: NumberFormat, namesStops: Bool) {
    prefix = label.isEmpty ? "" : printable(label) + ": "
    namePrefix = namesStops ? "" : prefix
    suffix = unit.isEmpty ? "" : " " + printable(unit)
    self.format =
      if case .percent(let places) = format { .percent(max(1, places)) } else {
        .trimmed(ValueText.digits)
      }
  }

  /// - Parameter scales: of the axis, in all panels.
  init(_ axis: Axis, _ scales: [any PositionScale]) {
    self.init(
      label: axis.label, unit: axis.unit, format: axis.format,
      namesStops: scales.contains { $0 is StopScale })
  }

  init(_ axis: ColorAxis) {
    self.init(label: axis.label, unit: axis.unit, format: axis.format, namesStops: false)
  }

  func number(_ number: Double) -> String { format(number) }

  /// The whole line.
  func line(_ value: Value) -> String {
    switch value {
    case .number(let number): prefix + format(number) + suffix
    case .name(let name): namePrefix + printable(name)
    case .missing: ""
    }
  }

  /// The value as JSON: a number's text, to stand between prefix and suffix, or a list of one whole
  /// line.
  func json(_ value: Value) -> String {
    switch value {
    case .number(let number): JSONText.string(format(number))
    case .name, .missing: "[\(JSONText.string(line(value)))]"
    }
  }

  func line(_ interval: Datum.Interval) -> String {
    let name = interval.name.isEmpty ? "interval" : printable(interval.name)
    return "\(name): \(format(interval.low)) to \(format(interval.high))\(suffix)"
  }
}

/// JSON that may stand in a script element.
enum JSONText {
  static func string(_ text: String) -> String {
    printable(text).unicodeScalars.reduce(into: "\"") { result, scalar in
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "<": result += "\\u003c"
      case ">": result += "\\u003e"
      case "&": result += "\\u0026"
      default: result.unicodeScalars.append(scalar)
      }
    } + "\""
  }

  /// A coordinate with one decimal.
  static func place(_ x: Double) -> String {
    let text = coordinate((x * 10).rounded() / 10)
    if text.hasPrefix(".") { return "0" + text }
    return text.hasPrefix("-.") ? "-0" + text.dropFirst() : text
  }

  static func list(_ parts: [String]) -> String { "[" + parts.joined(separator: ",") + "]" }
}
