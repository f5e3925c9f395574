// SPDX-License-Identifier: GPL-3.0-or-later

extension Tokenizer {
  /// The tokenizer of a checkpoint's folder: `tokenizer.json`.
  package static func open(folder: String) throws(TextError) -> Tokenizer {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    return try TokenizerFile(base + "tokenizer.json").tokenizer()
  }
}
