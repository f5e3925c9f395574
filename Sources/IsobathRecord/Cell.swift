// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// One value of a table on its way to a file.
package enum Cell: Sendable, Equatable {
  /// Does not apply, or has no value.
  case missing
  case text(String)
  case integer(Int)
  case number(Double)
}

extension Cell {
  init(_ text: String) { self = text.isEmpty ? .missing : .text(text) }
  init(_ integer: Int?) { self = integer.map(Cell.integer) ?? .missing }
  init(_ number: Double?) { self = number.map(Cell.number) ?? .missing }

  /// The value in JSON; what JSON has no number for is spelled as in CSV, in a string.
  var json: JSONValue {
    switch self {
    case .missing: .null
    case .text(let text): .string(text)
    case .integer(let integer): .int(integer)
    case .number(let number):
      number.isFinite ? .double(number) : .string(Cell.spelling(number))
    }
  }

  /// The shortest decimal that reads back as the same number; `inf`, `-inf` and `nan` for the rest.
  static func spelling(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    return JSONValue.number(number)
  }
}
