// SPDX-License-Identifier: GPL-3.0-or-later

/// What a class that `tokenizer_config.json` names, or a family in `config.json`, does with plain
/// vocabulary files, as transformers has it. https://github.com/huggingface/transformers
struct TokenizerClass: Sendable {
  /// Around a text.
  enum Ends: Sendable {
    /// `bos_token` and `eos_token`, where `add_bos_token` and `add_eos_token` say so.
    case asTold
    /// `cls_token` and `sep_token`, always.
    case always
  }

  let name: String
  /// Families that use the class when no class is named.
  let modelTypes: Set<String>
  /// Special tokens unless the files name others.
  let defaults: [SpecialToken: String]
  var ends = Ends.asTold
  var composes = false
  /// The pattern, GPT-2's by default.
  var pattern = PreTokenizer.gpt2
  /// Whether no file says that this is the class.
  var isGuessed = false

  /// Special tokens, in the order in which they are added.
  enum SpecialToken: String, Sendable, CaseIterable {
    case bos = "bos_token"
    case eos = "eos_token"
    case unk = "unk_token"
    case sep = "sep_token"
    case pad = "pad_token"
    case cls = "cls_token"
    case mask = "mask_token"
  }

  private static let end = "<|endoftext|>"

  /// Classes of byte-level BPE, read from `vocab.json` and `merges.txt`.
  static let bytePairs = [
    TokenizerClass(
      name: "GPT2Tokenizer",
      modelTypes: ["gpt2", "gpt_neo", "opt", "gptj", "codegen", "gpt_bigcode"],
      defaults: [.bos: end, .eos: end, .unk: end]),
    TokenizerClass(
      name: "RobertaTokenizer", modelTypes: ["roberta", "bart", "longformer", "mvp"],
      defaults: [
        .bos: "<s>", .eos: "</s>", .unk: "<unk>", .sep: "</s>", .pad: "<pad>", .cls: "<s>",
        .mask: "<mask>",
      ], ends: .always),
    TokenizerClass(
      name: "GPTNeoXTokenizer", modelTypes: ["gpt_neox"],
      defaults: [.bos: end, .eos: end, .unk: end, .pad: "<|padding|>"], composes: true),
    TokenizerClass(
      name: "Qwen2Tokenizer", modelTypes: ["qwen2", "qwen2_moe", "qwen3", "qwen3_moe"],
      defaults: [.eos: end, .unk: end, .pad: end], composes: true, pattern: PatternSources.qwen2),
  ]

  /// What reads `tokenizer.model`: the file itself says all.
  static let sentencePiece = TokenizerClass(name: "SentencePiece", modelTypes: [], defaults: [:])

  /// The class of WordPiece, read from `vocab.txt`.
  static let bert = TokenizerClass(
    name: "BertTokenizer",
    modelTypes: ["bert", "distilbert", "mobilebert", "electra", "convbert"],
    defaults: [.unk: "[UNK]", .sep: "[SEP]", .pad: "[PAD]", .cls: "[CLS]", .mask: "[MASK]"],
    ends: .always)
}

/// Patterns that more than one kind of file asks for.
enum PatternSources {
  /// Llama 3's, with as many digits in one piece as are asked for.
  private static func llama(digits: String) -> String {
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\#(digits)|"#
      + #" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  }
  static let llama3 = llama(digits: #"\p{N}{1,3}"#)
  static let qwen2 = llama(digits: #"\p{N}"#)
}
