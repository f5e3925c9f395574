// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// A named value in a run's manifest: an option of the survey, or a fact about its circumstances.
package struct Setting: Sendable, Equatable {
  package var name: String
  package var value: SettingValue

  package init(_ name: String, _ value: SettingValue) {
    self.name = name
    self.value = value
  }
}

/// What a setting can hold.
package indirect enum SettingValue: Sendable, Equatable {
  case none
  case flag(Bool)
  /// A finite number.
  case number(Double)
  case text(String)
  case list([SettingValue])

  /// Infinity becomes the text `inf`, which JSON can hold.
  package init(_ number: Double) {
    self = number.isFinite ? .number(number) : .text(Cell.spelling(number))
  }

  /// What float64 does not hold exactly becomes a text.
  package init(_ integer: some BinaryInteger) {
    self = Double(exactly: integer).map(SettingValue.number) ?? .text(String(integer))
  }

  package init(_ text: String) { self = .text(text) }
}

extension SettingValue: CustomStringConvertible {
  /// As a reader sees it: `0, 0.5, inf`.
  package var description: String {
    switch self {
    case .none: "none"
    case .flag(let flag): flag ? "yes" : "no"
    case .number(let number): Int(exactly: number).map { String($0) } ?? Cell.spelling(number)
    case .text(let text): text
    case .list(let values): values.map(\.description).joined(separator: ", ")
    }
  }
}

extension SettingValue {
  var json: JSONValue {
    switch self {
    case .none: .null
    case .flag(let flag): .bool(flag)
    case .number(let number): Int(exactly: number).map(JSONValue.int) ?? .double(number)
    case .text(let text): .string(text)
    case .list(let values): .array(values.map(\.json))
    }
  }

  /// - Parameter path: where the value stands, for the error.
  init(_ json: JSON, path: String) throws(ManifestFault) {
    switch json.kind {
    case .null: self = .none
    case .bool: self = .flag(json.bool == true)
    case .string: self = .text(json.string ?? "")
    case .number:
      guard let number = json.double else {
        throw .wrongKind(path: path, expected: "a number that float64 holds")
      }
      self = .number(number)
    case .array:
      var values: [SettingValue] = []
      for element in json.elements { values.append(try SettingValue(element, path: path)) }
      self = .list(values)
    case .object: throw .wrongKind(path: path, expected: "a value or a list of values")
    }
  }
}

extension [Setting] {
  /// The value of this name.
  package subscript(name: String) -> SettingValue? { first { $0.name == name }?.value }

  var json: JSONValue {
    precondition(Set(map(\.name)).count == count, "a setting stands twice in \(map(\.name))")
    return .object(map { ($0.name, $0.value.json) })
  }

  init(_ json: JSON, path: String) throws(ManifestFault) {
    guard json.kind == .object else { throw .wrongKind(path: path, expected: "an object") }
    self = []
    for (name, value) in json.members {
      append(Setting(name, try SettingValue(value, path: "\(path).\(name)")))
    }
  }
}

extension [Setting] {
  /// A list of texts, or one text, under a name.
  package func texts(_ name: String) -> [String] {
    switch self[name] {
    case .list(let values): values.map(\.description)
    case .text(let text): [text]
    default: []
    }
  }

  /// A list of numbers; infinity is spelled `inf`.
  package func numbers(_ name: String) -> [Double] {
    guard case .list(let values) = self[name] else { return [] }
    return values.compactMap { value in
      switch value {
      case .number(let number): number
      case .text(let text): Double(text)
      default: nil
      }
    }
  }
}
