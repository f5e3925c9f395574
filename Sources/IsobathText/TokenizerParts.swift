// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Reads the components of `tokenizer.json`; what is not run is refused by name.
struct TokenizerParts {
  private let path: String

  init(_ path: String) { self.path = path }

  private func refuse(_ kind: String, _ name: String?, _ supported: String) -> TextError {
    .unsupported(
      component: "the \(kind) \(name ?? "without a type")", supported: supported, path: path)
  }

  func normalizer(_ json: JSON?) throws(TextError) -> Normalizer? {
    guard let json, !json.isNull else { return nil }
    switch json["type"]?.string {
    case "Sequence":
      var steps: [Normalizer] = []
      for part in json["normalizers"]?.elements ?? [] {
        if let step = try normalizer(part) { steps.append(step) }
      }
      return .sequence(steps)
    case "NFC": return .nfc
    case "Lowercase": return .lowercase
    case "Prepend": return .prepend(json["prepend"]?.string ?? "")
    case "Replace":
      guard let old = json["pattern"]?["String"]?.string, let new = json["content"]?.string else {
        throw refuse("normalizer", "Replace with a regular expression", "Replace of a string")
      }
      return .replace(old, with: new)
    case let other:
      throw refuse("normalizer", other, "NFC, Lowercase, Prepend, Replace, Sequence")
    }
  }

  func preTokenizer(_ json: JSON?) throws(TextError) -> PreTokenizer? {
    guard let json, !json.isNull else { return nil }
    switch json["type"]?.string {
    case "Sequence":
      var steps: [PreTokenizer] = []
      for part in json["pretokenizers"]?.elements ?? [] {
        if let step = try preTokenizer(part) { steps.append(step) }
      }
      return .sequence(steps)
    case "ByteLevel":
      let pattern = json["use_regex"]?.bool ?? true ? try Pattern(PreTokenizer.gpt2) : nil
      return .byteLevel(prefixSpace: json["add_prefix_space"]?.bool ?? true, pattern)
    case "Digits":
      let isEach = json["individual_digits"]?.bool ?? false
      return .split(
        try Pattern(#"\p{N}"#), isEach ? .isolated : .contiguous, invert: false)
    case "Split": return try split(json)
    case let other: throw refuse("pre-tokenizer", other, "ByteLevel, Digits, Split, Sequence")
    }
  }

  private func split(_ json: JSON) throws(TextError) -> PreTokenizer {
    let name = json["behavior"]?.string ?? ""
    guard let behaviour = PreTokenizer.Behaviour(rawValue: name) else {
      throw refuse("behaviour of Split", name, "Removed, Isolated, Merged…, Contiguous")
    }
    let source: String
    if let regex = json["pattern"]?["Regex"]?.string {
      source = regex
    } else if let literal = json["pattern"]?["String"]?.string {
      source = PatternText.literal(literal)
    } else {
      throw .tokenizer(path: path, what: "a Split without a pattern")
    }
    return .split(try Pattern(source), behaviour, invert: json["invert"]?.bool ?? false)
  }

  func template(_ json: JSON?) throws(TextError) -> Tokenizer.Template {
    guard let json, !json.isNull else { return Tokenizer.Template() }
    switch json["type"]?.string {
    case "ByteLevel": return Tokenizer.Template()
    case "Sequence":
      var template = Tokenizer.Template()
      for part in json["processors"]?.elements ?? [] {
        let next = try self.template(part)
        template.before = next.before + template.before
        template.after += next.after
      }
      return template
    case "TemplateProcessing": return try templateProcessing(json)
    case "RobertaProcessing", "BertProcessing":
      guard let start = json["cls"]?.elements.last?.int, let end = json["sep"]?.elements.last?.int
      else { throw .tokenizer(path: path, what: "a post-processor without cls and sep") }
      return Tokenizer.Template(before: [Int32(start)], after: [Int32(end)])
    case let other:
      throw refuse("post-processor", other, "ByteLevel, TemplateProcessing, Sequence")
    }
  }

  /// The template for one text: special tokens before and after the sequence.
  private func templateProcessing(_ json: JSON) throws(TextError) -> Tokenizer.Template {
    var template = Tokenizer.Template()
    var isAfter = false
    for part in json["single"]?.elements ?? [] {
      if part["Sequence"] != nil {
        isAfter = true
        continue
      }
      let name = part["SpecialToken"]?["id"]?.string ?? ""
      let ids = json["special_tokens"]?[name]?["ids"]?.elements.compactMap(\.int) ?? []
      guard !ids.isEmpty, ids.allSatisfy({ $0 >= 0 && $0 < 1 << 24 }) else {
        throw .tokenizer(
          path: path, what: "the template's token '\(name)' is not among its special tokens")
      }
      if isAfter {
        template.after += ids.map(Int32.init)
      } else {
        template.before += ids.map(Int32.init)
      }
    }
    return template
  }
}

/// Text as a pattern that matches just it.
enum PatternText {
  static func literal(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isPlain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      return isPlain ? String(scalar) : "\\x{\(String(scalar.value, radix: 16))}"
    }.joined()
  }
}
