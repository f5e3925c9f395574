// SPDX-License-Identifier: GPL-3.0-or-later

/// A value of GGUF metadata; small integers and floats are widened.
package enum GGUFValue: Sendable, Equatable {
  case int(Int)
  /// An unsigned 64-bit number beyond Int.
  case large(UInt64)
  case double(Double)
  case bool(Bool)
  case string(String)
  case ints([Int])
  case doubles([Double])
  case bools([Bool])
  case strings([String])

  package var int: Int? { if case .int(let value) = self { value } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var strings: [String]? { if case .strings(let value) = self { value } else { nil } }
  package var ints: [Int]? { if case .ints(let value) = self { value } else { nil } }
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
    case .int, .large: "a whole number"
    case .double: "a fraction"
    case .bool: "a bool"
    case .string: "a string"
    case .ints: "an array of whole numbers"
    case .doubles: "an array of fractions"
    case .bools: "an array of bools"
    case .strings: "an array of strings"
    }
  }
}
