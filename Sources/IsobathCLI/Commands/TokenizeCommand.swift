// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathJSON
import IsobathStudy
import IsobathText

struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Print the token ids of texts, to check us by.",
    discussion: """
      Examples:
        isobath tokenize MODEL --file texts.json --json      an array of arrays of ids
        isobath tokenize MODEL --text "Hello, world!"        ids with the text of each

      texts.json is a JSON array of strings.
      """)

  @OptionGroup var model: ModelArgument
  @Option(help: "A JSON array of strings.")
  var file: String?
  @Option(help: "One text.")
  var text: String?
  @Flag(help: "Print an array of arrays of ids.")
  var json = false
  @Flag(
    inversion: .prefixedNo, help: "Add the special tokens that the tokenizer puts around a text.")
  var specialTokens = true
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard (file == nil) != (text == nil) else {
      throw ValidationError("give either --file TEXTS.json or --text TEXT")
    }
  }

  func run() throws {
    let tokenizer = try LoadedModel.tokenizer(of: try model.path(speech.terminal))
    let texts = try self.texts()
    let ids = try texts.map { try tokenizer.encode($0, addSpecialTokens: specialTokens) }
    if json {
      let rows = ids.map { JSONValue.array($0.map { .int(Int($0)) }) }
      Terminal.output(JSONValue.array(rows).serialized())
      return
    }
    for row in ids {
      let shown = row.map { id in
        "\(id) \(JSONValue.string(tokenizer.decode([id])).serialized())"
      }
      Terminal.output(shown.joined(separator: "\n"))
    }
  }

  private func texts() throws -> [String] {
    guard let file else { return [text ?? ""] }
    let root = try JSONInput.read(file).root
    let texts = root.elements.compactMap(\.string)
    guard root.kind == .array, texts.count == root.count else {
      throw Failure.Stop(message: "\(file): not an array of strings", code: .data)
    }
    return texts
  }
}
