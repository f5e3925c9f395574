// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// A value of a configuration, whatever file it came from.
package enum ConfigValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case list([ConfigValue])
  case object([String: ConfigValue])
  /// A number that float64 does not hold.
  case beyond

  package init(_ json: JSON) {
    switch json.kind {
    case .null: self = .null
    case .bool: self = .bool(json.bool ?? false)
    case .number: self = json.double.map { .number($0) } ?? .beyond
    case .string: self = .string(json.string ?? "")
    case .array: self = .list(json.elements.map(ConfigValue.init))
    case .object:
      self = .object(
        Dictionary(json.members.map { ($0.key, ConfigValue($0.value)) }) { first, _ in first })
    }
  }

  package init(_ value: GGUFValue) {
    switch value {
    case .int(let value): self = .number(Double(value))
    case .large: self = .beyond
    case .double(let value): self = .number(value)
    case .bool(let value): self = .bool(value)
    case .string(let value): self = .string(value)
    case .array(let array): self = .list(array.values)
    }
  }

  /// How a message shows it.
  package var shown: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value):
      value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
    case .string(let value): "'\(value.prefix(60))'"
    case .list(let values): "a list of \(values.count)"
    case .object: "an object"
    case .beyond: "a number beyond float64"
    }
  }

  /// A text that is the same for the same value, whatever order its keys stood in.
  var canonical: String {
    switch self {
    case .null, .bool, .number, .beyond: shown
    case .string(let value): "'\(value)'"
    case .list(let values): "[\(values.map(\.canonical).joined(separator: ","))]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.canonical)" }
        .joined(separator: ",") + "}"
    }
  }
}
