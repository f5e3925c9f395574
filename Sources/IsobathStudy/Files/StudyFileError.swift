// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Why a study file cannot be read.
package struct StudyFileError: Error, Equatable {
  package enum Problem: Equatable, Sendable {
    case missing
    case unreadable(String)
    case tooLong(bytes: Int)
    case notUTF8
    /// The YAML itself is wrong, as its parser says.
    case syntax(String)
    case nesting
    /// Anchors and aliases.
    case alias
    case empty
    /// A key that nobody reads.
    case unknownKey(String, known: [String])
    case twice(String)
    case absent(String)
    /// Something of another kind than expected.
    case wrongKind(String, expected: String)
    case unknownModel(String, known: [String])
    /// Two models or corpora of one name.
    case sameName(String)
    case tooMany(String, Int)
    /// What a subcommand says of its options.
    case option(String)
  }

  package let path: String
  package let line: Int?
  package let problem: Problem

  package init(path: String, line: Int? = nil, _ problem: Problem) {
    self.path = path
    self.line = line
    self.problem = problem
  }
}

extension StudyFileError: CustomStringConvertible {
  package var description: String {
    let place = line.map { ", line \($0)" } ?? ""
    return "\(path)\(place): \(problem.sentence)".oneLine
  }
}

extension StudyFileError.Problem {
  fileprivate var sentence: String {
    switch self {
    case .missing: "there is no such study file"
    case .unreadable(let why): "cannot be read: \(why)"
    case .tooLong(let bytes): "\(bytes) bytes; a study file has at most 256 KiB"
    case .notUTF8: "not UTF-8; save it as UTF-8"
    case .syntax(let what): "not YAML: \(what)"
    case .nesting: "nested too deeply for a study file"
    case .alias: "anchors (&) and aliases (*) are not read in a study file; write the values out"
    case .empty: "nothing is in it; a study needs models and corpora"
    case .unknownKey(let key, let known):
      "'\(key)' is not a key here\(Suggestion.text(for: key, among: known))"
    case .twice(let key): "the key '\(key)' stands twice"
    case .absent(let key): "'\(key)' is missing"
    case .wrongKind(let key, let expected): "'\(key)' takes \(expected)"
    case .unknownModel(let name, let known):
      "no model of the study is called '\(name)'\(Suggestion.text(for: name, among: known))"
    case .sameName(let name):
      "'\(name)' names two of them; give each a name of its own with 'name:'"
    case .tooMany(let what, let most): "more than \(most) \(what)"
    case .option(let message): message
    }
  }
}
