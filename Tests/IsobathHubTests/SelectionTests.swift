// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathTestSupport
import Testing

/// Which files of a model are brought.
@Suite struct SelectionTests {
  private static let index = Array(#"{"weight_map": {"a": "x-2.bin", "b": "x-1.bin"}}"#.utf8)

  private func plan(_ files: [String: [UInt8]]) throws -> Set<String> {
    let scene = try Scene(files: files)
    let id = try scene.id
    return Set(try scene.client.plan(id).files.map(\.name))
  }

  @Test func descriptionsAreThoseThatASurveyReads() throws {
    let wanted = [
      "config.json", "config_sentence_transformers.json", "tokenizer.json", "tokenizer_config.json",
      "vocab.json", "vocab.txt", "merges.txt", "special_tokens_map.json", "added_tokens.json",
      "tokenizer.model", "preprocessor_config.json", "processor_config.json", "model.safetensors",
    ]
    let others = [
      "generation_config.json", "README.md", ".gitattributes", "tf_model.h5", "flax_model.msgpack",
      "model.onnx", "onnx/config.json", "original/config.json", "original/consolidated.00.pth",
      "consolidated.safetensors", "pytorch_model.bin", "pytorch_model.bin.index.json",
      "model.fp16.safetensors", "chat_template.jinja", "LICENSE", "training_args.bin",
      "rust_model.ot", "openvino_model.xml", "tokenizer_config.json.bak", "image.png",
    ]
    let files = Dictionary(uniqueKeysWithValues: (wanted + others).map { ($0, [UInt8(1)]) })
    #expect(try plan(files) == Set(wanted))
  }

  @Test func oneFileComesBeforeShardsAndSafetensorsBeforePickles() throws {
    var files = ["config.json": [UInt8(1)], "x-1.bin": [1], "x-2.bin": [2], "x-3.bin": [3]]
    files["pytorch_model.bin.index.json"] = SelectionTests.index
    let shards: Set = ["config.json", "pytorch_model.bin.index.json", "x-1.bin", "x-2.bin"]
    #expect(try plan(files) == shards)
    files["pytorch_model.bin"] = [1]
    #expect(try plan(files) == ["config.json", "pytorch_model.bin"])
    files["model.safetensors.index.json"] = SelectionTests.index
    #expect(
      try plan(files) == ["config.json", "model.safetensors.index.json", "x-1.bin", "x-2.bin"])
    files["model.safetensors"] = [1]
    #expect(try plan(files) == ["config.json", "model.safetensors"])
  }

  @Test func aShardThatIsNotThereIsNamed() throws {
    let files = [
      "config.json": [UInt8(1)], "x-1.bin": [1],
      "model.safetensors.index.json": SelectionTests.index,
    ]
    let error = try Scene(files: files).failure()
    guard case .noFile(FakeHub.model, "x-2.bin", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aModelOfGGUFFilesAsksForAChoice() throws {
    let scene = try Scene(files: ["b.gguf": [1], "a.gguf": [2], "README.md": [3]])
    let error = scene.failure()
    #expect(error == .noWeights(id: FakeHub.model, found: ["a.gguf", "b.gguf"]))
    #expect(error.map { "\($0)".contains("org/tiny-model:a.gguf") } == true)
    #expect(try layout(of: scene.folder).isEmpty)
  }

  @Test(arguments: [["README.md"], ["config.json", "tf_model.h5"], ["model.safetensors"], []])
  func aModelWithoutWeightsIsRefused(names: [String]) throws {
    let files = Dictionary(uniqueKeysWithValues: names.map { ($0, [UInt8(1)]) })
    let scene = try Scene(files: files)
    #expect(scene.failure() == .noWeights(id: FakeHub.model, found: names))
    #expect(scene.asked.count == 1)
  }
}
