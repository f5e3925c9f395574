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
  /// A corpus that is no list of documents.
  case corpus(path: String, what: String)
  /// A corpus whose name does not say what it is.
  case ending(path: String, supported: String)
  case packed(path: String, packing: Packing, PackingProblem)
  case table(path: String, TableProblem)
  /// A file that is named twice.
  case twice(path: String)
  /// Fewer documents than are to be drawn.
  case sample(path: String, documents: Int, wanted: Int)
  /// A file that did not say the same when it was read again.
  case changed(path: String)
  /// A preset's folder without one of its files.
  case presetFile(preset: String, folder: String, file: String)
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
    case .corpus(let path, let what): "\(path): \(what)"
    case .ending(let path, let supported):
      "\(path): what kind of texts are in it is said by the ending of its name, which must be one "
        + "of \(supported)"
    case .packed(let path, let packing, let problem):
      "\(path): \(problem.sentence(packing))"
    case .table(let path, let problem): "\(path): \(problem.sentence)"
    case .twice(let path): "\(path): is given twice as --corpus; give each file once"
    case .sample(let path, let documents, let wanted):
      "\(path): \(documents) documents, fewer than the \(wanted) to be drawn; draw fewer with "
        + "--sample"
    case .changed(let path):
      "\(path): changed while it was read; wait until it is written, and start again"
    case .presetFile(let preset, let folder, let file):
      "\(folder): has no \(file), which the preset '\(preset)' needs; "
        + "download it, or name the files that you have with --corpus"
    case .tooLong(let document, let tokens, let limit):
      "document '\(document)' has \(tokens) tokens, the limit is \(limit); cut it with "
        + "--long truncate or leave it out with --long skip"
    }
  }
}

extension PackingProblem {
  fileprivate func sentence(_ form: Packing) -> String {
    let packing = form.rawValue
    return switch self {
    case .truncated: "the \(packing) data end too soon; copy or download the file again"
    case .notPacked:
      "its name says \(packing), and its bytes are something else; download it again or rename it"
    case .unnamed:
      "is packed with \(packing); give its name the ending \(form.ending)"
    case .trailing:
      "something that is no \(packing) data follows the text's end; copy or download the file again"
    case .damaged(let reason):
      "damaged \(packing) data (\(reason)); copy or download the file again"
    case .window:
      "needs a window above 128 MiB; unpack it and pack it again without 'zstd --long'"
    case .tooLarge(let limit):
      "unpacks to more than \(limit) bytes; split it, or unpack it yourself"
    case .bomb(let ratio):
      "unpacks to more than \(ratio) times its size, as made-up files do; if you trust it, unpack "
        + "it yourself"
    }
  }
}

extension TableProblem {
  fileprivate var sentence: String {
    switch self {
    case .noProgram:
      "Parquet is read with the program duckdb, which is not on PATH; install it (pip install "
        + "duckdb-cli, or brew install duckdb) or write the texts as .jsonl"
    case .pattern: "duckdb takes the letters *, ? and [ for patterns; rename the file"
    case .program(let reason): "duckdb cannot read it: \(reason)"
    case .stopped: "reading was stopped"
    }
  }
}
