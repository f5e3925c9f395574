// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// What can be wrong with a tokenizer or a corpus.
package enum TextError: Error, Equatable, Sendable {
  case unreadable(path: String, reason: String)
  case json(JSONError, path: String)
  /// A tokenizer file that does not say what it must.
  case tokenizer(path: String, what: String)
  /// A component that exists and that Isobath does not run.
  case unsupported(component: String, supported: String, path: String)
  case pattern(String, reason: String)
  /// A pattern that needs more steps than a text may cost.
  case patternLimit(String)
  case notUTF8(path: String, line: Int)
  case line(path: String, line: Int, what: String)
  case field(path: String, line: Int, field: String, found: [String])
  case duplicate(id: String, path: String, first: Int, second: Int)
  case empty(path: String)
  case tooLong(document: String, tokens: Int, limit: Int)
}

extension TextError: CustomStringConvertible {
  package var description: String { sentence.oneLine }

  private var sentence: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .json(let error, let path): "\(path): not valid JSON: \(error)"
    case .tokenizer(let path, let what): "\(path): \(what)"
    case .unsupported(let component, let supported, let path):
      "\(path): the tokenizer uses \(component), which Isobath does not run (it runs \(supported)); "
        + "token ids would be wrong, so it is refused"
    case .pattern(let pattern, let reason):
      "the tokenizer's pattern \(pattern.prefix(60)) does not compile: \(reason)"
    case .patternLimit(let pattern):
      "the tokenizer's pattern \(pattern.prefix(60)) takes too many steps on this text"
    case .notUTF8(let path, let line):
      "\(path), line \(line): not UTF-8; convert the file, for example with iconv"
    case .line(let path, let line, let what): "\(path), line \(line): \(what)"
    case .field(let path, let line, let field, let found):
      "\(path), line \(line): no text in field '\(field)'; fields seen: "
        + "\(found.isEmpty ? "none" : found.joined(separator: ", ")); choose one with --field"
    case .duplicate(let id, let path, let first, let second):
      "\(path): the id '\(id)' is on line \(first) and on line \(second); ids must differ"
    case .empty(let path): "\(path): no document in it"
    case .tooLong(let document, let tokens, let limit):
      "document '\(document)' has \(tokens) tokens, the limit is \(limit); cut it with "
        + "--long truncate or leave it out with --long skip"
    }
  }
}
