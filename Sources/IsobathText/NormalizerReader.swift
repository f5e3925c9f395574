// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON

/// Reads the `normalizer` of `tokenizer.json`; what is not run is refused by name.
struct NormalizerReader {
  private let path: String

  init(_ path: String) { self.path = path }

  func normalizer(_ json: JSON?) throws(TextError) -> Normalizer? {
    guard let json, !json.isNull else { return nil }
    switch json["type"]?.string {
    case "Sequence":
      var steps: [Normalizer] = []
      for part in json["normalizers"]?.elements ?? [] {
        if let step = try normalizer(part) { steps.append(step) }
      }
      return .sequence(steps)
    case "NFC": return .form(.nfc)
    case "NFD": return .form(.nfd)
    case "NFKC": return .form(.nfkc)
    case "NFKD": return .form(.nfkd)
    case "Lowercase": return .lowercase
    case "StripAccents": return .stripAccents
    case "Nmt": return .nmt
    case "ByteLevel": return .spellBytes
    case "Prepend": return .prepend(try string(json, "prepend", "Prepend"))
    case "Strip":
      return .strip(
        left: json["strip_left"]?.bool ?? false, right: json["strip_right"]?.bool ?? false)
    case "BertNormalizer", "Bert": return .bert(bert(json))
    case "Replace":
      return .replace(
        try pattern(json["pattern"], "Replace"), with: try string(json, "content", "Replace"))
    case "Precompiled":
      let text = try string(json, "precompiled_charsmap", "Precompiled")
      guard let blob = Data(base64Encoded: Data(text)) else {
        throw .tokenizer(path: path, what: "the precompiled charsmap is not base64")
      }
      return .charsmap(try Charsmap(Array(blob), path: path))
    case let other:
      throw .unsupported(
        component: "the normalizer \(other ?? "without a type")",
        supported: "Bert, ByteLevel, Lowercase, NFC, NFD, NFKC, NFKD, Nmt, Precompiled, Prepend, "
          + "Replace, Sequence, Strip, StripAccents", path: path)
    }
  }

  private func string(_ json: JSON, _ key: String, _ name: String) throws(TextError) -> [UInt8] {
    guard let bytes = json[key]?.bytes else {
      throw .tokenizer(path: path, what: "a \(name) without \(key)")
    }
    return bytes
  }

  private func bert(_ json: JSON) -> BertCleaning {
    let lowercases = json["lowercase"]?.bool ?? true
    return BertCleaning(
      cleansText: json["clean_text"]?.bool ?? true,
      partsChinese: json["handle_chinese_chars"]?.bool ?? true,
      stripsAccents: json["strip_accents"]?.bool ?? lowercases, lowercases: lowercases)
  }

  /// `{"Regex": …}`, or `{"String": …}`, which stands for itself even where it looks like a pattern.
  func pattern(_ json: JSON?, _ name: String) throws(TextError) -> Pattern {
    if let regex = json?["Regex"]?.string { return try Pattern(regex) }
    if let literal = json?["String"]?.string { return try Pattern(literal: literal) }
    throw .tokenizer(path: path, what: "a \(name) without a pattern")
  }
}
