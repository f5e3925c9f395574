// SPDX-License-Identifier: GPL-3.0-or-later

/// A tokenizer as GGUF metadata has it, handed over as plain values.
package struct GGUFVocabulary: Sendable {
  /// `tokenizer.ggml.model`.
  package let model: String
  /// `tokenizer.ggml.pre`: the name of the pre-tokenizer.
  package let pre: String
  package let tokens: [String]
  /// 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte.
  package let types: [Int]
  package let merges: [String]
  package let beginning: Int?
  package let end: Int?
  package let addsBeginning: Bool
  package let addsEnd: Bool
  /// The file, for errors.
  package let path: String

  package init(
    model: String, pre: String, tokens: [String], types: [Int], merges: [String], beginning: Int?,
    end: Int?, addsBeginning: Bool, addsEnd: Bool, path: String
  ) {
    self.model = model
    self.pre = pre
    self.tokens = tokens
    self.types = types
    self.merges = merges
    self.beginning = beginning
    self.end = end
    self.addsBeginning = addsBeginning
    self.addsEnd = addsEnd
    self.path = path
  }

  /// What llama.cpp's names of pre-tokenizers stand for.
  private func preTokenizer() throws(TextError) -> (PreTokenizer, looksUpWhole: Bool) {
    let byteLevel = { (source: String) throws(TextError) -> PreTokenizer in
      .byteLevel(prefixSpace: false, try Pattern(source))
    }
    switch pre {
    case "gpt-2", "mpt", "olmo", "jais", "phi-2": return (try byteLevel(PreTokenizer.gpt2), false)
    case "smollm", "starcoder", "refact", "command-r":
      let digits = PreTokenizer.split(try Pattern(#"\p{N}"#), .isolated, invert: false)
      return (.sequence([digits, try byteLevel(PreTokenizer.gpt2)]), false)
    case "llama-bpe", "llama3", "llama-v3": return (try byteLevel(PreTokenizer.llama3), true)
    case "qwen2": return (try byteLevel(PreTokenizer.qwen2), false)
    default:
      throw .unsupported(
        component: "the pre-tokenizer '\(pre)'", supported: "gpt-2, smollm, llama-bpe, qwen2",
        path: path)
    }
  }

  package func tokenizer() throws(TextError) -> Tokenizer {
    guard model == "gpt2" else {
      throw .unsupported(
        component: "the GGUF tokenizer '\(model)'", supported: "gpt2, byte-level BPE", path: path)
    }
    guard types.isEmpty || types.count == tokens.count else {
      throw .tokenizer(
        path: path, what: "\(types.count) token types for \(tokens.count) tokens")
    }
    let (preTokenizer, looksUpWhole) = try preTokenizer()
    var vocabulary: [[UInt8]: Int32] = [:]
    vocabulary.reserveCapacity(tokens.count)
    var bytes: [Int32: [UInt8]] = [:]
    bytes.reserveCapacity(tokens.count)
    var added: [AddedToken] = []
    for (index, token) in tokens.enumerated() {
      let spelled = Array(token.utf8)
      if !types.isEmpty, [3, 4].contains(types[index]) {
        added.append(AddedToken(id: Int32(index), content: spelled))
        bytes[Int32(index)] = spelled
      } else {
        let content = ByteAlphabet.decode(spelled) ?? spelled
        vocabulary[content] = Int32(index)
        bytes[Int32(index)] = content
      }
    }
    return Tokenizer(
      summary: "byte-level BPE of \(tokens.count) tokens from GGUF metadata (\(pre))",
      added: added, normalizer: nil, preTokenizer: preTokenizer,
      model: try BPE(
        vocabulary: vocabulary, merges: pairs(), looksUpWhole: looksUpWhole, path: path),
      template: try template(), tokens: bytes)
  }

  private func pairs() throws(TextError) -> [([UInt8], [UInt8])] {
    var pairs: [([UInt8], [UInt8])] = []
    pairs.reserveCapacity(merges.count)
    for (index, merge) in merges.enumerated() {
      let parts = Array(merge.utf8).split(separator: 0x20, omittingEmptySubsequences: false)
      guard parts.count == 2, let left = ByteAlphabet.decode(Array(parts[0])),
        let right = ByteAlphabet.decode(Array(parts[1]))
      else { throw .tokenizer(path: path, what: "merge \(index) is not a pair of tokens") }
      pairs.append((left, right))
    }
    return pairs
  }

  private func template() throws(TextError) -> Tokenizer.Template {
    var template = Tokenizer.Template()
    for (isAdded, id, name) in [(addsBeginning, beginning, "bos"), (addsEnd, end, "eos")]
    where isAdded {
      guard let id, tokens.indices.contains(id) else {
        throw .tokenizer(path: path, what: "it adds a \(name) token that it does not name")
      }
      if name == "bos" { template.before = [Int32(id)] } else { template.after = [Int32(id)] }
    }
    return template
  }
}

extension Tokenizer {
  /// The tokenizer of a checkpoint's folder: `tokenizer.json`, or `vocab.json` with `merges.txt`.
  package static func open(folder: String) throws(TextError) -> Tokenizer {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    if TextFile.exists(base + "tokenizer.json") {
      return try TokenizerFile(base + "tokenizer.json").tokenizer()
    }
    let (vocabulary, merges) = (base + "vocab.json", base + "merges.txt")
    if TextFile.exists(vocabulary), TextFile.exists(merges) {
      return try VocabularyFiles(vocabularyPath: vocabulary, mergesPath: merges).tokenizer()
    }
    throw .tokenizer(
      path: folder, what: "no tokenizer: tokenizer.json, or vocab.json and merges.txt, is needed")
  }
}
