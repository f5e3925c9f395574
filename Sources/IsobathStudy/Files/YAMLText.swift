// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Yams

/// The text of a study file, made sure to be harmless before a YAML parser sees it: short, UTF-8, not
/// deep, and without aliases, which could name a small text into a huge tree.
struct YAMLText {
  private static let longest = 256 << 10
  private static let deepest = 64

  let path: String
  let text: String

  init(path: String) throws(StudyFileError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StudyFileError(path: path, .missing)
    }
    let data: Data
    do { data = try Data(contentsOf: URL(filePath: path)) } catch {
      throw StudyFileError(path: path, .unreadable(error.localizedDescription))
    }
    try self.init(path: path, data: data)
  }

  init(path: String, data: Data) throws(StudyFileError) {
    self.path = path
    guard data.count <= Self.longest else {
      throw StudyFileError(path: path, .tooLong(bytes: data.count))
    }
    guard let text = String(validating: data, as: UTF8.self), !text.contains("\0") else {
      throw StudyFileError(path: path, .notUTF8)
    }
    self.text = text
    try check()
  }

  /// The tree, whose root is a mapping.
  func root() throws(StudyFileError) -> Node {
    let node: Node?
    do { node = try compose(yaml: text) } catch let error as YamlError { throw fault(error) } catch
    {
      throw StudyFileError(path: path, .syntax("\(error)"))
    }
    guard let node, node.null == nil else { throw StudyFileError(path: path, .empty) }
    return node
  }

  private func fault(_ error: YamlError) -> StudyFileError {
    switch error {
    case .scanner(_, let what, let mark, _), .parser(_, let what, let mark, _),
      .composer(_, let what, let mark, _):
      StudyFileError(path: path, line: mark.line, .syntax(what))
    case .duplicatedKeysInMapping(let keys, let context):
      StudyFileError(path: path, line: context.mark.line, .twice(keys.first ?? ""))
    case .reader(let what, _, _, _): StudyFileError(path: path, .syntax(what))
    default: StudyFileError(path: path, .syntax("\(error)"))
    }
  }

  /// Depth and aliases, line by line.
  private func check() throws(StudyFileError) {
    var flow = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let lead = line.prefix { " -?:\t".contains($0) }
      let marks = lead.count { $0 == "-" || $0 == "?" || $0 == ":" }
      let bare = Self.unquoted(line)
      flow += bare.count { $0 == "[" || $0 == "{" }
      guard marks <= Self.deepest, lead.count <= 4 * Self.deepest, flow <= Self.deepest else {
        throw StudyFileError(path: path, line: index + 1, .nesting)
      }
      flow = max(0, flow - bare.count { $0 == "]" || $0 == "}" })
      guard !Self.hasAlias(bare) else {
        throw StudyFileError(path: path, line: index + 1, .alias)
      }
    }
  }

  /// A line without its comment and without what stands in quotes.
  private static func unquoted(_ line: Substring) -> [Character] {
    var kept: [Character] = []
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil }
      } else if (character == "\"" || character == "'") && kept.last.map(opens) ?? true {
        quote = character
      } else if character == "#", kept.last.map({ $0 == " " }) ?? true {
        break
      } else {
        kept.append(character)
      }
    }
    return kept
  }

  /// Whether a value may begin behind this character.
  private static func opens(_ character: Character) -> Bool {
    " \t[{,:-?".contains(character)
  }

  private static func hasAlias(_ line: [Character]) -> Bool {
    line.indices.dropLast().contains { index in
      (line[index] == "&" || line[index] == "*") && (index == 0 || opens(line[index - 1]))
        && line[index + 1] != " "
    }
  }
}
