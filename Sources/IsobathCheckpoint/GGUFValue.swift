// SPDX-License-Identifier: GPL-3.0-or-later

/// A value of GGUF metadata; small integers and floats are widened.
package enum GGUFValue: Sendable, Equatable {
  case int(Int)
  /// An unsigned 64-bit number beyond Int.
  case large(UInt64)
  case double(Double)
  case bool(Bool)
  case string(String)
  case array(GGUFArray)

  package var int: Int? { if case .int(let value) = self { value } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var array: GGUFArray? { if case .array(let value) = self { value } else { nil } }
  package var double: Double? {
    switch self {
    case .double(let value): value
    case .int(let value): Double(value)
    default: nil
    }
  }

  /// What it is, for messages.
  package var kind: String {
    switch self {
    case .int: "a whole number"
    case .large: "a number beyond 63 bits"
    case .double: "a fraction"
    case .bool: "a bool"
    case .string: "a string"
    case .array(let array): "an array of \(array.type.plural)"
    }
  }
}

/// The types of metadata values, by their numbers in the file.
enum GGUFType: UInt32, Sendable {
  case uint8
  case int8
  case uint16
  case int16
  case uint32
  case int32
  case float32
  case bool
  case string
  case array
  case uint64
  case int64
  case float64

  /// The fewest bytes that a value takes; all but strings and arrays take as many.
  var smallest: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .uint16, .int16: 2
    case .uint32, .int32, .float32: 4
    case .string, .uint64, .int64, .float64: 8
    case .array: 12
    }
  }

  /// What several of them are, for messages.
  var plural: String {
    switch self {
    case .float32, .float64: "fractions"
    case .bool: "bools"
    case .string: "strings"
    case .array: "arrays"
    default: "whole numbers"
    }
  }
}
