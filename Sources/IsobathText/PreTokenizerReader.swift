// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Reads the `pre_tokenizer` of `tokenizer.json`; what is not run is refused by name.
struct PreTokenizerReader {
  private let path: String

  init(_ path: String) { self.path = path }

  func preTokenizer(_ json: JSON?) throws(TextError) -> PreTokenizer? {
    guard let json, !json.isNull else { return nil }
    switch json["type"]?.string {
    case "Sequence":
      var steps: [PreTokenizer] = []
      for part in json["pretokenizers"]?.elements ?? [] {
        if let step = try preTokenizer(part) { steps.append(step) }
      }
      return .sequence(steps)
    case "BertPreTokenizer":
      return .sequence([
        .characters(.whitespace, .removed), .characters(.punctuation, .isolated),
      ])
    case "ByteLevel":
      let pattern = json["use_regex"]?.bool ?? true ? try Pattern(PreTokenizer.gpt2) : nil
      return .byteLevel(
        prefixSpace: json["add_prefix_space"]?.bool ?? true, pattern, spells: true)
    case "CharDelimiterSplit":
      return .characters(.one(try character(json, "delimiter")), .removed)
    case "Digits":
      let isEach = json["individual_digits"]?.bool ?? false
      return .characters(.numeric, isEach ? .isolated : .contiguous)
    case "FixedLength":
      let length = json["length"].map { $0.int ?? 0 } ?? 5
      guard length > 0 else {
        throw .tokenizer(path: path, what: "FixedLength needs a length above 0")
      }
      return .fixedLength(length)
    case "Metaspace": return .metaspace(try metaspace(json))
    case "Punctuation":
      return .characters(.punctuation, try behaviour(json, default: .isolated, "Punctuation"))
    case "Split":
      return .split(
        try NormalizerReader(path).pattern(json["pattern"], "Split"),
        try behaviour(json, default: nil, "Split"), invert: json["invert"]?.bool ?? false)
    case "UnicodeScripts": return .scripts(try ScriptRuns())
    case "Whitespace": return .words
    case "WhitespaceSplit": return .characters(.whitespace, .removed)
    case let other:
      throw .unsupported(
        component: "the pre-tokenizer \(other ?? "without a type")",
        supported: "Bert, ByteLevel, CharDelimiterSplit, Digits, FixedLength, Metaspace, "
          + "Punctuation, Sequence, Split, UnicodeScripts, Whitespace, WhitespaceSplit", path: path)
    }
  }

  private func behaviour(
    _ json: JSON, default usual: SplitBehaviour?, _ name: String
  ) throws(TextError) -> SplitBehaviour {
    guard let given = json["behavior"]?.string else {
      if let usual { return usual }
      throw .tokenizer(path: path, what: "a \(name) without a behavior")
    }
    guard let behaviour = SplitBehaviour(rawValue: given) else {
      throw .unsupported(
        component: "the behavior \(given) of \(name)",
        supported: SplitBehaviour.allCases.map(\.rawValue).joined(separator: ", "), path: path)
    }
    return behaviour
  }

  private func character(_ json: JSON, _ key: String) throws(TextError) -> UInt32 {
    let scalars = Array((json[key]?.string ?? "").unicodeScalars)
    guard scalars.count == 1 else {
      throw .tokenizer(path: path, what: "\(key) is not one character")
    }
    return scalars[0].value
  }

  private func metaspace(_ json: JSON) throws(TextError) -> Metaspace {
    var replacement: [UInt8] = []
    UTF8Scalar.append(try character(json, "replacement"), to: &replacement)
    let adds = json["add_prefix_space"]?.bool ?? true
    let given = json["prepend_scheme"]?.string ?? (adds ? "always" : "never")
    guard let prepend = Metaspace.Prepend(rawValue: given), adds || prepend == .never else {
      throw .tokenizer(
        path: path, what: "Metaspace with add_prefix_space \(adds) and prepend_scheme '\(given)'")
    }
    return Metaspace(
      replacement: replacement, prepend: prepend, splits: json["split"]?.bool ?? true)
  }
}
