// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a text is not JSON, or not JSON that can be trusted.
package struct JSONError: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Problem: Equatable, Sendable {
    case tooLarge(bytes: Int, limit: Int)
    case notUTF8
    case tooDeep(limit: Int)
    case unexpected(found: String, expected: String)
    case duplicateKey(String)
    case loneSurrogate
    case badNumber
    case badEscape
    case controlCharacter
  }

  package let problem: Problem
  /// Bytes before the problem.
  package let offset: Int
  /// Counted from 1.
  package let line: Int
  /// In bytes, counted from 1.
  package let column: Int
}

extension JSONError: CustomStringConvertible {
  package var description: String {
    switch problem {
    case .tooLarge(let bytes, let limit): "\(bytes) bytes of JSON are over the limit of \(limit)"
    default: "line \(line), column \(column): \(reason)"
    }
  }

  private var reason: String {
    switch problem {
    case .tooLarge: "too large"
    case .notUTF8: "not UTF-8"
    case .tooDeep(let limit): "nested deeper than \(limit)"
    case .unexpected(let found, let expected): "found \(found), expected \(expected)"
    case .duplicateKey(let key): "the key '\(key)' stands twice in one object"
    case .loneSurrogate: "half of a surrogate pair"
    case .badNumber: "not a JSON number"
    case .badEscape: "unknown escape in a string"
    case .controlCharacter: "control character in a string"
    }
  }
}
