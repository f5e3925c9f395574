// SPDX-License-Identifier: GPL-3.0-or-later

/// How the values of one axis read beside a figure: "Matrix entropy: 3.31 nats".
struct ValueText: Sendable {
  /// Stands before numbers; a name says itself what it is.
  let prefix: String
  let suffix: String
  private let format: NumberFormat

  /// Digits of a number, one more than tables of reports have.
  private static let digits = 5

  init(label: String, unit: String, format: NumberFormat) {
    prefix = label.isEmpty ? "" : printable(label) + ": "
    suffix = unit.isEmpty ? "" : " " + printable(unit)
    self.format =
      if case .percent(let places) = format { .percent(max(1, places)) } else {
        .trimmed(ValueText.digits)
      }
  }

  init(_ axis: Axis) { self.init(label: axis.label, unit: axis.unit, format: axis.format) }

  init(_ axis: ColorAxis) { self.init(label: axis.label, unit: axis.unit, format: axis.format) }

  func number(_ number: Double) -> String { format(number) }

  /// The whole line.
  func line(_ value: Value) -> String {
    switch value {
    case .number(let number): prefix + format(number) + suffix
    case .name(let name): printable(name)
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
