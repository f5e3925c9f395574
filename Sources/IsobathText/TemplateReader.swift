// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Reads the `post_processor` of `tokenizer.json`: what is put around one text.
struct TemplateReader {
  private let path: String

  init(_ path: String) { self.path = path }

  func template(_ json: JSON?) throws(TextError) -> TokenizerParts.Template {
    guard let json, !json.isNull else { return TokenizerParts.Template() }
    switch json["type"]?.string {
    case "ByteLevel": return TokenizerParts.Template()
    case "Sequence":
      var template = TokenizerParts.Template()
      for part in json["processors"]?.elements ?? [] {
        let next = try self.template(part)
        template.before = next.before + template.before
        template.after += next.after
      }
      return template
    case "TemplateProcessing": return try templateProcessing(json)
    case "RobertaProcessing", "BertProcessing":
      return TokenizerParts.Template(
        before: [try id(json["cls"]?.elements.last, "cls")],
        after: [try id(json["sep"]?.elements.last, "sep")])
    case let other:
      throw .unsupported(
        component: "the post-processor \(other ?? "without a type")",
        supported: "Bert, ByteLevel, Roberta, Sequence, TemplateProcessing", path: path)
    }
  }

  private func id(_ json: JSON?, _ name: String) throws(TextError) -> Int32 {
    guard let id = json?.int, id >= 0, id < TokenizerFile.idLimit else {
      throw .tokenizer(path: path, what: "the post-processor names no valid id for '\(name)'")
    }
    return Int32(id)
  }

  private func templateProcessing(_ json: JSON) throws(TextError) -> TokenizerParts.Template {
    var template = TokenizerParts.Template()
    var texts = 0
    for part in json["single"]?.elements ?? [] {
      if let sequence = part["Sequence"] {
        texts += 1
        guard sequence["id"]?.string == "A" else { throw oneText }
        continue
      }
      let name = part["SpecialToken"]?["id"]?.string ?? ""
      guard let list = json["special_tokens"]?[name]?["ids"]?.elements else {
        throw .tokenizer(
          path: path, what: "the template's token '\(name)' is not among its special tokens")
      }
      for entry in list {
        let id = try id(entry, name)
        if texts > 0 { template.after.append(id) } else { template.before.append(id) }
      }
    }
    guard texts == 1 else { throw oneText }
    return template
  }

  private var oneText: TextError {
    .tokenizer(path: path, what: "the template for one text must have the sequence A once")
  }
}
