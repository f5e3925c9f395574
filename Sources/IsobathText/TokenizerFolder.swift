// SPDX-License-Identifier: GPL-3.0-or-later

extension Tokenizer {
  /// The tokenizer of a checkpoint's folder: `tokenizer.json`, or `vocab.json` with `merges.txt`, or
  /// `vocab.txt`, or `tokenizer.model`, the first of them that is there.
  package static func open(folder: String) throws(TextError) -> Tokenizer {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    if TextFile.exists(base + "tokenizer.json") {
      return try TokenizerFile(base + "tokenizer.json").tokenizer()
    }
    if TextFile.exists(base + "vocab.json"), TextFile.exists(base + "merges.txt") {
      return try VocabularyFiles(base).bytePairs()
    }
    if TextFile.exists(base + "vocab.txt") { return try VocabularyFiles(base).wordPieces() }
    if TextFile.exists(base + "tokenizer.model") {
      return try VocabularyFiles(base).sentencePieces()
    }
    throw .tokenizer(
      path: folder,
      what: "no tokenizer: tokenizer.json, vocab.json and merges.txt, vocab.txt or "
        + "tokenizer.model is needed")
  }
}
