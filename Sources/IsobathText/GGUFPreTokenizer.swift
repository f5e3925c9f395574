// SPDX-License-Identifier: GPL-3.0-or-later

/// What a name of `tokenizer.ggml.pre` stands for: patterns, each cutting what the one before left.
///
/// Where llama.cpp approximates the pattern of a model's own tokenizer, the model's is used.
struct GGUFPreTokenizer: Sendable {
  let names: [String]
  let patterns: [String]
  /// Whether a piece that is a token is taken whole.
  var looksUpWhole = false
  /// Whether a text begins with a token of its own when the file does not say.
  var addsBeginning = false
  /// Whether pieces are bytes in the byte alphabet, or plain text.
  var isByteLevel = true

  static func named(_ name: String) -> GGUFPreTokenizer? {
    all.first { $0.names.contains(name) }
  }

  static var supported: String { all.flatMap(\.names).joined(separator: ", ") }

  func preTokenizer() throws(TextError) -> PreTokenizer {
    var steps: [PreTokenizer] = []
    for source in patterns { steps.append(.split(try Pattern(source), .isolated, invert: false)) }
    return .sequence(steps)
  }

  private static let all: [GGUFPreTokenizer] = [
    GGUFPreTokenizer(
      names: [
        "gpt-2", "phi-2", "mpt", "olmo", "jais", "trillion", "exaone4", "granite-docling",
        "modern-bert", "roberta-bpe", "jina-v1-en", "jina-v2-code", "jina-es", "jina-de",
        "jina-v2-es", "jina-v2-de", "gigachat", "a.x-4.0", "mellum",
      ], patterns: [PreTokenizer.gpt2]),
    GGUFPreTokenizer(
      names: [
        "smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b",
        "mellum2",
      ], patterns: [#"\p{N}"#, PreTokenizer.gpt2]),
    GGUFPreTokenizer(
      names: [
        "llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2",
        "jina-v5-nano",
      ], patterns: [PatternSources.llama3], looksUpWhole: true, addsBeginning: true),
    GGUFPreTokenizer(
      names: ["dbrx", "smaug-bpe", "chatglm-bpe"], patterns: [PatternSources.llama3]),
    GGUFPreTokenizer(
      names: ["glm4", "glm5"], patterns: [PatternSources.llama3], looksUpWhole: true),
    GGUFPreTokenizer(
      names: [
        "qwen2", "deepseek-r1-qwen", "stablelm2", "hunyuan", "solar-open", "megrez", "grok-2",
        "kormo", "f2llmv2",
      ], patterns: [PatternSources.qwen2]),
    GGUFPreTokenizer(names: ["qwen35"], patterns: [GGUFPatterns.qwen35]),
    GGUFPreTokenizer(names: ["deepseek-llm"], patterns: GGUFPatterns.deepseek),
    GGUFPreTokenizer(names: ["deepseek-coder"], patterns: GGUFPatterns.deepseekCoder),
    GGUFPreTokenizer(
      names: ["deepseek-v3", "hunyuan-dense", "joyai-llm", "hy_v4"],
      patterns: GGUFPatterns.deepseek3),
    GGUFPreTokenizer(
      names: ["falcon"],
      patterns: [#"[\p{P}\$\+<=>\^~\|`]+"#, PreTokenizer.gpt2, "[0-9][0-9][0-9]"]),
    GGUFPreTokenizer(
      names: ["bloom", "poro-chat", "gpt3-finnish"], patterns: [GGUFPatterns.bloom]),
    GGUFPreTokenizer(names: ["viking"], patterns: [GGUFPatterns.bloom, #"\p{N}"#]),
    GGUFPreTokenizer(
      names: ["tekken"], patterns: [GGUFPatterns.cased(digits: #"\p{N}"#, contractions: "")],
      looksUpWhole: true, addsBeginning: true),
    GGUFPreTokenizer(
      names: ["gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"],
      patterns: [GGUFPatterns.cased(digits: #"\p{N}{1,3}"#)]),
    GGUFPreTokenizer(
      names: ["tiny_aya", "cohere2moe"],
      patterns: [
        #"\d{1,3}(?=(?:\d{3})*\b)"#, GGUFPatterns.cased(digits: #"\p{N}{1,3}"#),
      ]),
    GGUFPreTokenizer(
      names: ["bailingmoe", "bailingmoe2", "llada-moe"], patterns: [GGUFPatterns.bailing]),
    GGUFPreTokenizer(names: ["seed-coder"], patterns: [GGUFPatterns.seedCoder]),
    GGUFPreTokenizer(
      names: ["chameleon"], patterns: GGUFPatterns.chameleon, addsBeginning: true),
    GGUFPreTokenizer(
      names: ["gemma4", "granite-embed-multi-311m", "sarvam-moe"],
      patterns: [#"[^\n]+|[\n]+"#],
      isByteLevel: false),
  ]
}

/// Patterns that only GGUF files ask for.
private enum GGUFPatterns {
  static let qwen35 =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}|"#
    + #" ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  static let bloom = " ?[^(\\s|.,!?…。，、।۔،)]+"
  static let bailing =
    #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}|"#
    + #" ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"#
  static let seedCoder =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}|"#
    + #" ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+"#
  static let chameleon = [
    "<sentinel:[0-9]+>", "(IMGIMG)((A|B|C|D|E|F|G|H|I){1,4})Z", #"([\t\n]|    |  )"#, #"\p{N}"#,
    #"[\p{P}!-/:-@\[-`{-~]"#, PreTokenizer.gpt2,
  ]

  /// GPT-4o's: words cut where lower case meets upper case.
  static func cased(
    digits: String, contractions: String = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
  ) -> String {
    let (upper, lower) = (#"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#, #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#)
    let before = #"[^\r\n\p{L}\p{N}]?"#
    return before + upper + "*" + lower + "+" + contractions + "|" + before + upper + "+" + lower
      + "*" + contractions + "|" + digits
      + #"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  }

  static let deepseek3 = [
    #"\p{N}{1,3}"#, "[一-龥\u{3040}-ゟ゠-ヿ]+",
    ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+|"##
      + #" ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#,
  ]
  static let deepseekCoder = [
    "[\r\n]", #"\s?\p{L}+"#, #"\s?\p{P}+"#, "[一-龥\u{800}-一가-\u{D7FF}]+", #"\p{N}"#,
  ]

  /// The letters of alphabets with two cases, as DeepSeek's first tokenizer lists them.
  private static let letters = [
    #"\x{41}-\x{5A}\x{61}-\x{7A}\x{B5}\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{1BA}"#,
    #"\x{1BC}-\x{1BF}\x{1C4}-\x{293}\x{295}-\x{2AF}\x{370}-\x{373}\x{376}\x{377}"#,
    #"\x{37B}-\x{37D}\x{37F}\x{386}\x{388}-\x{38A}\x{38C}\x{38E}-\x{3A1}\x{3A3}-\x{3F5}"#,
    #"\x{3F7}-\x{481}\x{48A}-\x{52F}\x{531}-\x{556}\x{10A0}-\x{10C5}\x{13A0}-\x{13F5}"#,
    #"\x{13F8}-\x{13FD}\x{1C90}-\x{1CBA}\x{1CBD}-\x{1CBF}\x{1D00}-\x{1D2B}"#,
    #"\x{1D6B}-\x{1D77}\x{1D79}-\x{1D9A}\x{1E00}-\x{1F15}\x{1F18}-\x{1F1D}"#,
    #"\x{1F20}-\x{1F45}\x{1F48}-\x{1F4D}\x{1F50}-\x{1F57}\x{1F59}\x{1F5B}\x{1F5D}"#,
    #"\x{1F5F}-\x{1F7D}\x{1F80}-\x{1FB4}\x{1FB6}-\x{1FBC}\x{1FBE}\x{1FC2}-\x{1FC4}"#,
    #"\x{1FC6}-\x{1FCC}\x{1FD0}-\x{1FD3}\x{1FD6}-\x{1FDB}\x{1FE0}-\x{1FEC}"#,
    #"\x{1FF2}-\x{1FF4}\x{1FF6}-\x{1FFC}\x{2102}\x{2107}\x{210A}-\x{2113}\x{2115}"#,
    #"\x{2119}-\x{211D}\x{2124}\x{2126}\x{2128}\x{212A}-\x{212D}\x{212F}-\x{2134}\x{2139}"#,
    #"\x{213C}-\x{213F}\x{2145}-\x{2149}\x{214E}\x{2183}\x{2184}\x{2C00}-\x{2C7B}"#,
    #"\x{2C7E}-\x{2CE4}\x{2CEB}-\x{2CEE}\x{2CF2}\x{2CF3}\x{A640}-\x{A66D}\x{A680}-\x{A69B}"#,
    #"\x{A722}-\x{A76F}\x{A771}-\x{A787}\x{A78B}-\x{A78E}\x{AB70}-\x{ABBF}"#,
    #"\x{FB00}-\x{FB06}\x{FB13}-\x{FB17}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}"#,
    #"\x{10400}-\x{1044F}\x{104B0}-\x{104D3}\x{104D8}-\x{104FB}\x{10C80}-\x{10CB2}"#,
    #"\x{10CC0}-\x{10CF2}\x{118A0}-\x{118DF}\x{1E900}-\x{1E943}"#,
  ].joined()
  static let deepseek = [
    "[\r\n]", #"\s?["# + letters + "]+",
    #"\s?[\x{21}-\x{2F}\x{3A}-\x{7E}\x{FF01}-\x{FF0F}\x{FF1A}-\x{FF5E}"#
      + #"\x{2018}-\x{201F}\x{3000}-\x{3002}]+"#,
    #"\s+$"#, "[一-龥\u{800}-一가-\u{D7FF}]+", #"\p{N}+"#,
  ]
}
