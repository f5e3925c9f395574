// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Testing

/// `tokenize` and `states`, by which anyone can check the command against another program.
@Suite(.timeLimit(.minutes(2)))
struct CheckTests {
  private let work: URL
  private let model: TinyModel

  init() throws {
    work = try Fixtures.temporaryFolder("isobath-check")
    model = try TinyModel(in: work)
  }

  private func write(_ name: String, _ value: JSONValue) throws {
    try Data(value.serialized().utf8).write(to: work.appending(path: name))
  }

  @Test func tokenizesAsTheVocabularySays() throws {
    let texts = ["hello, world", "", "a\tb\nc", "  two  spaces "]
    try write("texts.json", .array(texts.map { .string($0) }))
    let outcome = try Command.succeed(
      ["tokenize", model.path, "--file", "texts.json", "--json"], in: work)
    #expect(outcome.messages.isEmpty)
    let rows = try JSONDocument(Array(outcome.output.utf8)).root.elements
    #expect(rows.count == texts.count)
    for (row, text) in zip(rows, texts) {
      let expected = text.utf8.map { TinyModel.alphabet.firstIndex(of: $0) }
      #expect(row.elements.map(\.int) == expected, "\(text)")
    }
    let one = try Command.succeed(["tokenize", model.path, "--text", "hi"], in: work).output
    #expect(one == "72 \"h\"\n73 \"i\"\n")
  }

  @Test func statesAreThoseOfTheReference() throws {
    let expected = try Weights(Fixtures.data("tiny/llama-gqa-tied/expected.safetensors"))
    let ids = try #require(expected["input_ids"])
    let states = try #require(expected["hidden_states"])
    let (documents, tokens) = (ids.shape[0], ids.shape[1])
    let (layers, width) = (states.shape[0], states.shape[3])
    let rows = (0..<documents).map { document in
      JSONValue.array((0..<tokens).map { .int(ids.integers[document * tokens + $0]) })
    }
    try write("ids.json", .array(rows))
    let outcome = try Command.succeed(
      [
        "states", model.path, "--ids", "ids.json", "--sites", "all", "--output",
        "states.safetensors",
      ], in: work)
    #expect(outcome.output.isEmpty)

    let found = try Weights(Data(contentsOf: work.appending(path: "states.safetensors")))
    let size = tokens * width
    let reference = states.floats
    let worst = WorstError("states of the command", tolerance: 5e-6)
    for layer in 0..<layers {
      // The last of the reference's states is the output of the final norm.
      let site = layer == layers - 1 ? "final-norm" : "residual.\(layer)"
      for document in 0..<documents {
        let name = "doc.\(document).\(site)"
        let tensor = try #require(found[name], "no \(name)")
        #expect(tensor.type == "F32")
        #expect(tensor.shape == [tokens, width])
        let start = (layer * documents + document) * size
        let wanted = reference[start..<start + size]
        let scale = Double(wanted.map(\.magnitude).max() ?? 0)
        for (value, want) in zip(tensor.floats, wanted) {
          worst.record(Double(value - want) / scale, at: name)
        }
      }
    }
    worst.check()
  }

  @Test func statesOfChosenSitesAndLengths() throws {
    try write("ids.json", .array([[1, 2, 3], [5]].map { .array($0.map { .int($0) }) }))
    _ = try Command.succeed(
      [
        "states", model.path, "--ids", "ids.json", "--sites", "residual.0,final-norm",
        "--output", "two.safetensors",
      ], in: work)
    let found = try Weights(Data(contentsOf: work.appending(path: "two.safetensors")))
    #expect(
      found.tensors.map(\.name).sorted() == [
        "doc.0.final-norm", "doc.0.residual.0", "doc.1.final-norm", "doc.1.residual.0",
      ])
    #expect(found["doc.1.residual.0"]?.shape == [1, 48])
    // Before the first block a state is the token's row of the embedding.
    let weights = try Weights(model.read("model.safetensors"))
    let table = try #require(weights["model.embed_tokens.weight"]).floats
    #expect(found["doc.1.residual.0"]?.floats == Array(table[5 * 48..<6 * 48]))
  }
}
