// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// GPT-2's older pair of files, `vocab.json` and `merges.txt`: its pattern, no normaliser, and
/// `<|endoftext|>` as an added token when the vocabulary has it.
struct VocabularyFiles {
  let vocabularyPath: String
  let mergesPath: String

  func tokenizer() throws(TextError) -> Tokenizer {
    let entries = try TextFile.json(vocabularyPath)
    guard entries.kind == .object, entries.count > 0 else {
      throw .tokenizer(path: vocabularyPath, what: "not an object from tokens to ids")
    }
    let vocabulary = try TokenizerFile.vocabulary(entries, vocabularyPath)
    let end = Array("<|endoftext|>".utf8)
    let added = vocabulary[end].map { [AddedToken(id: $0, content: end)] } ?? []
    return Tokenizer(
      summary: "byte-level BPE of \(vocabulary.count) tokens from vocab.json and merges.txt",
      added: added, normalizer: nil,
      preTokenizer: .byteLevel(prefixSpace: false, try Pattern(PreTokenizer.gpt2)),
      model: try BPE(
        vocabulary: vocabulary, merges: merges(), looksUpWhole: false, path: mergesPath),
      template: Tokenizer.Template(),
      tokens: Dictionary(vocabulary.map { ($0.value, $0.key) }) { first, _ in first })
  }

  private func merges() throws(TextError) -> [([UInt8], [UInt8])] {
    let lines = try TextFile.bytes(mergesPath).split(separator: 0x0A)
    var merges: [([UInt8], [UInt8])] = []
    for (index, line) in lines.enumerated() {
      if index == 0, line.starts(with: Array("#version".utf8)) { continue }
      let line = line.last == 0x0D ? line.dropLast() : line
      if line.isEmpty { continue }
      let parts = line.split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
      guard parts.count == 2, let left = ByteAlphabet.decode(parts[0]),
        let right = ByteAlphabet.decode(parts[1])
      else {
        throw .line(path: mergesPath, line: index + 1, what: "not a pair of tokens")
      }
      merges.append((left, right))
    }
    return merges
  }
}
