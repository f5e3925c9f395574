// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Testing

/// What `inspect` and `plan` say of a checkpoint.
@Suite struct InspectTests {
  private func facts(_ arguments: [String]) throws -> JSON {
    let output = try Command.succeed(["inspect"] + arguments + ["--json"]).output
    return try JSONDocument(Array(output.utf8)).root
  }

  @Test func aModelThatRuns() throws {
    let model = try TinyModel()
    let facts = try facts([model.path, "--digests", "--tensors"])
    #expect(facts["family"]?.string == "llama")
    #expect(facts["blocks"]?.int == 3 && facts["width"]?.int == 48)
    #expect((facts["parameters"]?.int ?? 0) > 10_000)
    #expect((facts["memory"]?["streaming"]?.int ?? 0) < facts["memory"]?["resident"]?.int ?? 0)
    let file = try #require(facts["file"]?.elements.first)
    #expect(file["name"]?.string == "model.safetensors")
    #expect(file["sha256"]?.string?.count == 64)
    let tensors = try #require(facts["tensors"]?.elements)
    #expect(tensors.count == facts["stored as"]?["F32"]?.int)
    let norm = try #require(tensors.first { $0["name"]?.string == "model.norm.weight" })
    #expect(norm["shape"]?.elements.map(\.int) == [48])
  }

  @Test(arguments: [
    ("tiny/llama-sharded", "safetensors", "files"), ("tiny/llama-bin", "PyTorch", "file"),
    ("gguf/tiny-llama.gguf", "GGUF", "file"),
  ])
  func everyFormat(_ path: String, _ format: String, _ files: String) throws {
    let facts = try facts([Fixtures.path(path)])
    #expect(facts["format"]?.string == format)
    #expect(facts[files]?.elements.isEmpty == false)
  }

  /// A model that no family runs is described as far as its files go, with the reason and its code.
  @Test(arguments: [
    ("\"model_type\": \"llama\"", "\"model_type\": \"mamba\"", "mamba"),
    ("\"use_cache\"", "\"surprise\"", "surprise"),
  ])
  func aModelThatDoesNot(_ old: String, _ new: String, _ named: String) throws {
    let model = try TinyModel()
    try model.replace(old, with: new)
    let outcome = try Command.run(["inspect", model.path, "--json"])
    #expect(outcome.status == 78)
    #expect(outcome.messageLines.count == 1 && outcome.messages.contains(named))
    let facts = try JSONDocument(Array(outcome.output.utf8)).root
    #expect(facts["not run"]?.string?.contains(named) == true)
    #expect(facts["family"] == nil && facts["stored as"] != nil && facts["file"] != nil)
  }

  @Test func plans() throws {
    let model = try TinyModel()
    #expect(try !Command.succeed(["plan", model.path, "--max-tokens", "64"]).output.isEmpty)
  }
}
