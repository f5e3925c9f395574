// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// One cell of a notebook, without output.
struct NotebookCell: Sendable {
  enum Kind: String, Sendable {
    case markdown
    case code
  }

  /// Stays the same when other cells come and go: 1 to 64 letters, digits, `-` and `_`.
  let id: String
  let kind: Kind
  let source: String
  var tags: [String] = []

  static func markdown(_ id: String, _ source: String) -> NotebookCell {
    NotebookCell(id: id, kind: .markdown, source: source)
  }

  static func code(_ id: String, tags: [String] = [], _ source: String) -> NotebookCell {
    NotebookCell(id: id, kind: .code, source: source, tags: tags)
  }

  /// As nbformat 4.5 wants it, members in its order.
  var json: JSONValue {
    let metadata: JSONValue = .object(
      tags.isEmpty ? [] : [("tags", .array(tags.map(JSONValue.string)))])
    let ends: [(String, JSONValue)] = [("source", .array(lines.map(JSONValue.string)))]
    switch kind {
    case .markdown:
      return .object(
        [("cell_type", .string(kind.rawValue)), ("id", .string(id)), ("metadata", metadata)] + ends)
    case .code:
      return .object(
        [
          ("cell_type", .string(kind.rawValue)), ("execution_count", .null), ("id", .string(id)),
          ("metadata", metadata), ("outputs", .array([])),
        ] + ends)
    }
  }

  /// Each with its line feed, except the last.
  private var lines: [String] {
    let parts = source.split(separator: "\n", omittingEmptySubsequences: false)
    return parts.enumerated().map { $0 == parts.count - 1 ? String($1) : $1 + "\n" }
  }
}

/// A Jupyter notebook: https://nbformat.readthedocs.io/en/latest/format_description.html
enum NotebookFile {
  /// The text of an `.ipynb` file.
  static func text(_ cells: [NotebookCell]) -> String {
    let kernel: JSONValue = .object([
      ("display_name", .string("Python 3")), ("language", .string("python")),
      ("name", .string("python3")),
    ])
    let json: JSONValue = .object([
      ("cells", .array(cells.map(\.json))),
      (
        "metadata",
        .object([("kernelspec", kernel), ("language_info", .object([("name", .string("python"))]))])
      ),
      ("nbformat", .int(4)),
      ("nbformat_minor", .int(5)),
    ])
    return json.serialized(pretty: true) + "\n"
  }
}
