// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

/// Models that cannot be surveyed: what is said, and the exit code.
@Suite(.timeLimit(.minutes(5)))
struct BadModelTests {
  private static let weights = "model.safetensors"
  private static let norm = "model.norm.weight"

  private static let folders: [Refusal] = [
    Refusal(
      "no such path", 66, ["./nowhere", "not a folder, not a .gguf file and not a hub id"],
      ["survey", "./nowhere", "--corpus", "corpus.jsonl", "--output", "run", "--quiet"]),
    Refusal(
      "neither a path nor in the cache", 69, ["nothing is at the path 'nowhere'", "isobath fetch"],
      ["survey", "nowhere", "--corpus", "corpus.jsonl", "--output", "run", "--quiet"]),
    Refusal(
      "a revision of a path", 64, ["--revision"],
      ["survey", "model", "--revision", "v1", "--corpus", "corpus.jsonl", "--quiet"]),
    Refusal("no config.json", 65, ["config.json"]) { model, _ in try model.remove("config.json") },
    Refusal("an empty config.json", 65, ["config.json"]) { model, _ in
      try model.write("config.json", "")
    },
    Refusal("config.json is not JSON", 65, ["config.json", "JSON"]) { model, _ in
      try model.write("config.json", "{\"model_type\": \"llama\",")
    },
    Refusal("config.json is an array", 78, ["config.json"]) { model, _ in
      try model.write("config.json", "[]")
    },
    Refusal("an unknown model_type", 78, ["lamma", "llama", "gpt2"]) { model, _ in
      try model.replace("\"model_type\": \"llama\"", with: "\"model_type\": \"lamma\"")
    },
    Refusal("a key that nobody reads", 78, ["residual_multiplier"]) { model, _ in
      try model.replace("\"mlp_bias\"", with: "\"residual_multiplier\": 2.0, \"mlp_bias\"")
    },
    Refusal("no tokenizer", 65, ["tokenizer"]) { model, _ in
      try model.remove("vocab.json")
    },
    Refusal("no weights", 65, ["model.safetensors"]) { model, _ in try model.remove(weights) },
    Refusal("a folder in place of the weights", 66, [weights, "folder"]) { model, _ in
      try model.remove(weights)
      try FileManager.default.createDirectory(
        at: model.folder.appending(path: weights), withIntermediateDirectories: false)
    },
    Refusal("a missing tensor", 65, [norm]) { model, _ in
      try edit(model) { $0.tensors.removeAll { $0.name == norm } }
    },
    Refusal("another shape", 65, ["64", "48"]) { model, _ in
      try model.replace("\"hidden_size\": 48", with: "\"hidden_size\": 64")
    },
    Refusal("an unused tensor", 78, ["model.extra.weight"]) { model, _ in
      try edit(model) {
        let extra = Weights.Tensor(type: "F32", shape: [2], bytes: Data(count: 8))
        $0.tensors.append(("model.extra.weight", extra))
      }
    },
    Refusal("numbers that are not finite", 65, ["model.norm.weight"]) { model, _ in
      try edit(model) {
        let last = $0.tensors.count - 1
        $0.tensors[last].tensor.bytes = Data(repeating: 0xFF, count: 48 * 4)
      }
    },
  ]

  private static let files: [Refusal] = [
    Refusal("truncated weights", 65, [weights]) { model, _ in
      try model.write(weights, try model.read(weights).dropLast(1000))
    },
    Refusal("weights of three bytes", 65, [weights]) { model, _ in
      try model.write(weights, Data([1, 0, 0]))
    },
    Refusal("no bytes of weights", 65, [weights]) { model, _ in
      try model.write(weights, Data())
    },
    Refusal("a header of an exabyte", 65, [weights, "header"]) { model, _ in
      try model.write(weights, Data(repeating: 0x0F, count: 8) + model.read(weights).dropFirst(8))
    },
    Refusal("a web page", 65, [weights, "web page"]) { model, _ in
      try model.write(weights, "<!DOCTYPE html>\n<html><body>Not found</body></html>\n")
    },
    Refusal("a git-LFS pointer", 65, [weights, "LFS"]) { model, _ in
      try model.write(
        weights,
        """
        version https://git-lfs.github.com/spec/v1
        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        size 274656

        """)
    },
    Refusal("a shard outside the folder", 65, ["index.json"], fixture: "llama-sharded") {
      model, _ in
      try model.replace(shard, with: "../\(shard)", in: "\(weights).index.json")
    },
    Refusal("a missing shard", 66, [shard], fixture: "llama-sharded") { model, _ in
      try model.remove(shard)
    },
    Refusal("an index that is no JSON", 65, ["index.json"], fixture: "llama-sharded") {
      model, _ in try model.write("\(weights).index.json", "{")
    },
    Refusal("a vocabulary that is no JSON", 65, ["vocab.json"]) { model, _ in
      try model.write("vocab.json", "{\"a\": 0,}")
    },
    Refusal("a token that the model has not", 65, ["160", "tokenizer"]) { model, _ in
      try model.replace("\"t\":84", with: "\"t\":160", in: "vocab.json")
    },
  ]

  private static let gguf: [Refusal] = [
    Refusal("GGUF of another kind", 65, ["model.gguf"], onGGUF) { _, work in
      try spoilGGUF(in: work) { $0[0] = UInt8(ascii: "X") }
    },
    Refusal("GGUF version 1", 65, ["model.gguf", "1"], onGGUF) { _, work in
      try spoilGGUF(in: work) { $0[4] = 1 }
    },
    Refusal("GGUF in the other byte order", 65, ["model.gguf"], onGGUF) { _, work in
      try spoilGGUF(in: work) { $0.replaceSubrange(4..<8, with: [0, 0, 0, 3]) }
    },
    Refusal("half of a GGUF", 65, ["model.gguf"], onGGUF) { _, work in
      try spoilGGUF(in: work) { $0 = $0.prefix($0.count / 2) }
    },
    Refusal("GGUF cut in its metadata", 65, ["model.gguf"], onGGUF) { _, work in
      try spoilGGUF(in: work) { $0 = $0.prefix(100) }
    },
    Refusal("GGUF of ten bytes", 65, ["model.gguf"], onGGUF) { _, work in
      try spoilGGUF(in: work) { $0 = $0.prefix(10) }
    },
    Refusal("a file that is no model", 65, ["model.txt"], ["inspect", "model.txt"]) { _, work in
      try Data("a note\n".utf8).write(to: work.appending(path: "model.txt"))
    },
  ]

  private static let shard = "model-00002-of-00006.safetensors"
  private static let onGGUF = [
    "survey", "model.gguf", "--corpus", "corpus.jsonl", "--output", "run", "--quiet",
  ]

  private static func edit(_ model: TinyModel, _ change: (inout Weights) throws -> Void) throws {
    var tensors = try Weights(model.read(weights))
    try change(&tensors)
    try model.write(weights, tensors.data())
  }

  private static func spoilGGUF(in work: URL, _ change: (inout Data) -> Void) throws {
    var data = try Fixtures.data("gguf/tiny-llama.gguf")
    change(&data)
    try data.write(to: work.appending(path: "model.gguf"))
  }

  @Test(arguments: folders)
  func refusesTheFolder(refusal: Refusal) throws { try refusal.check() }

  @Test(arguments: files)
  func refusesTheFiles(refusal: Refusal) throws { try refusal.check() }

  @Test(arguments: gguf)
  func refusesTheGGUF(refusal: Refusal) throws { try refusal.check() }

  @Test func takesTheGGUFThatIsNotSpoiled() throws {
    _ = try Command.succeed(["inspect", Fixtures.path("gguf/tiny-llama.gguf")])
  }

  @Test func takesTheWeightsThatWereWrittenAnew() throws {
    let model = try TinyModel()
    try BadModelTests.edit(model) { _ in }
    _ = try Command.succeed(["inspect", model.path])
  }
}
