// SPDX-License-Identifier: GPL-3.0-or-later
import Yams

/// A mapping of a study file whose every key must be read.
struct YAMLMapping {
  let path: String
  let line: Int?
  private var rest: [(key: String, line: Int?, value: Node)] = []

  /// - Parameter what: what the mapping is, for messages.
  init(_ node: Node, path: String, what: String) throws(StudyFileError) {
    self.path = path
    line = node.mark?.line
    guard case .mapping(let mapping) = node else {
      throw StudyFileError(
        path: path, line: line, .wrongKind(what, expected: "a mapping of keys to values"))
    }
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        throw StudyFileError(path: path, line: key.mark?.line, .wrongKind(what, expected: "keys"))
      }
      rest.append((scalar.string, key.mark?.line, value))
    }
  }

  /// Takes a key's value; nil where it is absent.
  mutating func take(_ key: String) -> Node? {
    guard let index = rest.firstIndex(where: { $0.key == key }) else { return nil }
    return rest.remove(at: index).value
  }

  mutating func text(_ key: String) throws(StudyFileError) -> String? {
    guard let node = take(key) else { return nil }
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw StudyFileError(
        path: path, line: node.mark?.line, .wrongKind(key, expected: "a text or a number"))
    }
    return scalar.string
  }

  mutating func required(_ key: String) throws(StudyFileError) -> String {
    guard let text = try text(key) else {
      throw StudyFileError(path: path, line: line, .absent(key))
    }
    return text
  }

  /// One text, or a list of them; empty where the key is absent.
  mutating func texts(_ key: String) throws(StudyFileError) -> [String] {
    guard let node = take(key) else { return [] }
    return try Self.texts(node, key, path)
  }

  mutating func flag(_ key: String, default value: Bool) throws(StudyFileError) -> Bool {
    guard let node = take(key) else { return value }
    guard let flag = node.bool else {
      throw StudyFileError(
        path: path, line: node.mark?.line, .wrongKind(key, expected: "true or false"))
    }
    return flag
  }

  /// The entries of a list; empty where the key is absent.
  mutating func list(_ key: String, most: Int = 1000) throws(StudyFileError) -> [Node] {
    guard let node = take(key) else { return [] }
    guard case .sequence(let sequence) = node else {
      throw StudyFileError(path: path, line: node.mark?.line, .wrongKind(key, expected: "a list"))
    }
    guard sequence.count <= most else {
      throw StudyFileError(path: path, line: node.mark?.line, .tooMany(key, most))
    }
    return Array(sequence)
  }

  /// Everything that is left, as options of a subcommand.
  mutating func options(_ known: [String], beside: [String]) throws(StudyFileError)
    -> [StudyFile.Option]
  {
    var options: [StudyFile.Option] = []
    for (key, line, value) in rest {
      guard known.contains(key) else {
        throw StudyFileError(path: path, line: line, .unknownKey(key, known: beside + known))
      }
      options.append(StudyFile.Option(name: key, values: try Self.texts(value, key, path)))
    }
    rest = []
    return options
  }

  /// Refuses what nobody read.
  func end(known: [String]) throws(StudyFileError) {
    if let (key, line, _) = rest.first {
      throw StudyFileError(path: path, line: line, .unknownKey(key, known: known))
    }
  }

  private static func texts(
    _ node: Node, _ key: String, _ path: String
  ) throws(StudyFileError) -> [String] {
    let nodes: [Node] = if case .sequence(let sequence) = node { Array(sequence) } else { [node] }
    var texts: [String] = []
    for node in nodes {
      guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
        throw StudyFileError(
          path: path, line: node.mark?.line,
          .wrongKind(key, expected: "a text, a number or a list of them"))
      }
      texts.append(scalar.string)
    }
    guard !texts.isEmpty, texts.count <= 1000 else {
      throw StudyFileError(
        path: path, line: node.mark?.line, .wrongKind(key, expected: "one to 1000 values"))
    }
    return texts
  }
}
