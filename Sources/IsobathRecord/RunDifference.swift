// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// One input in which the question asked is not the one that a folder holds the answer to.
package struct RunDifference: Sendable, Equatable, CustomStringConvertible {
  /// Such as `options.orders`.
  package let input: String
  /// As asked now; nil when only the folder's run has it.
  package let asked: String?
  /// As the folder has it; nil when only the question has it.
  package let stored: String?

  package var description: String {
    "\(input): \(RunDifference.shown(stored)) there, \(RunDifference.shown(asked)) now"
  }

  private static func shown(_ text: String?) -> String {
    guard let text else { return "nothing" }
    return text.count > 60 ? text.prefix(24) + "…" : text
  }

  static func between(asked: JSONValue, stored: JSONValue) -> [RunDifference] {
    let (now, there) = (leaves(asked), leaves(stored))
    let added = now.filter { leaf in !there.contains { $0.input == leaf.input } }
    return there.compactMap { leaf in
      let mine = now.first { $0.input == leaf.input }?.text
      return mine == leaf.text
        ? nil : RunDifference(input: leaf.input, asked: mine, stored: leaf.text)
    } + added.map { RunDifference(input: $0.input, asked: $0.text, stored: nil) }
  }

  /// Every value that is not an object, under the names that lead to it. A list is one value, except
  /// a list of objects.
  private static func leaves(
    _ value: JSONValue, _ path: String = ""
  ) -> [(input: String, text: String)] {
    let inner = { (name: String) in path.isEmpty ? name : "\(path).\(name)" }
    switch value {
    case .object(let members): return members.flatMap { leaves($0.1, inner($0.0)) }
    case .array(let parts):
      guard case .object? = parts.first else { return [(path, text(value))] }
      return parts.enumerated().flatMap { leaves($1, inner("\($0 + 1)")) }
    default: return [(path, text(value))]
    }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let parts): parts.isEmpty ? "none" : parts.map(text).joined(separator: ", ")
    case .null: "none"
    default: value.serialized()
    }
  }
}
