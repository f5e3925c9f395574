// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

/// Two tiny models surveyed over the same texts, and compared.
@Suite(.timeLimit(.minutes(5)))
struct CompareTests {
  private let work: URL

  init() throws {
    work = try Fixtures.temporaryFolder("isobath-compare")
    _ = try Texts.write(Texts.documents(16, words: 10), in: work)
    try survey("llama-gqa-tied", to: "base")
  }

  private func survey(_ fixture: String, to run: String, _ extra: [String] = []) throws {
    let parent = work.appending(path: "of-\(run)")
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    let model = try TinyModel(fixture, in: parent)
    _ = try Command.succeed(
      ["survey", model.path, "--corpus", "corpus.jsonl", "--output", run, "--quiet"] + extra,
      in: work)
  }

  private func compare(_ arguments: String...) throws -> Command.Outcome {
    try Command.run(
      ["compare"] + arguments + ["--output", "report", "--resamples", "500"], in: work)
  }

  private func report() throws -> String {
    String(
      decoding: try Data(contentsOf: work.appending(path: "report/README.md")), as: UTF8.self)
  }

  @Test func aModelAgainstItselfHasNotChanged() throws {
    let outcome = try compare("base", "base")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.hasPrefix("No change: "))
    #expect(outcome.output.contains("same to the last bit"))
    #expect(outcome.messages.contains("report/README.md"))
  }

  @Test func twoModelsAndACorpusAreEnough() throws {
    let folder = work.appending(path: "models")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let models = try ["llama-gqa-tied", "llama-yarn"].map { name in
      let parent = folder.appending(path: name)
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      let model = try TinyModel(name, in: parent)
      let place = folder.appending(path: "\(name)-model")
      try FileManager.default.moveItem(atPath: model.path, toPath: place.text)
      return place.text
    }
    let outcome = try compare(
      models[0], models[1], "--corpus", "corpus.jsonl", "--limit", "12")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(try report().replacing("\n", with: " ").contains("12 documents of corpus.jsonl"))
    let runs = try FileManager.default.contentsOfDirectory(
      atPath: work.appending(path: "runs").text)
    #expect(runs.count == 2)
    let same = try compare(models[0], models[0], "--corpus", "corpus.jsonl")
    #expect(same.status == 64 && same.messages.contains("share the run"))
    let noCorpus = try compare("base", "base", "--limit", "3")
    #expect(noCorpus.status == 64)
  }

  @Test func anotherModelHas() throws {
    try survey("llama-yarn", to: "other")
    let outcome = try compare("base", "other", "--as", "checkpoint", "--margin", "0.1")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.split(separator: "\n").count == 1)
    let text = try report()
    #expect(text.contains("earlier (model)") && text.contains("later (model)"))
    #expect(text.contains("16 documents of corpus.jsonl"))
    #expect(text.contains("±0.100 nats"))
    let figures = try FileManager.default.contentsOfDirectory(
      atPath: work.appending(path: "report/figures").text)
    for name in ["change-by-depth", "both-curves", "change-by-order", "cka-by-depth"] {
      #expect(figures.contains("\(name).svg"), "no \(name)")
    }
    let first = text
    _ = try compare("base", "other", "--as", "checkpoint", "--margin", "0.1", "--threads", "1")
    #expect(try report() == first)
  }

  @Test func anUntrainedModelHasItsDiffERank() throws {
    try survey("llama-untied", to: "seed")
    try survey("llama-yarn", to: "trained")
    let outcome = try compare("base", "seed", "trained", "--as", "untrained")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(try report().contains("## Diff-eRank"))
    let several = try compare("base", "seed", "trained")
    #expect(several.status == 64 && several.messageLines.count == 1, "\(several.messages)")
    #expect(several.messages.contains("--as untrained"))
  }

  @Test func otherTokensAreRefusedInOneLine() throws {
    try survey("llama-gqa-tied", to: "cut", ["--max-tokens", "8"])
    let outcome = try compare("base", "cut")
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(outcome.messageLines.count == 1, "\(outcome.messages)")
    #expect(outcome.messages.contains("--max-tokens") && outcome.messages.contains("--unpaired"))
    #expect(!FileManager.default.fileExists(atPath: work.appending(path: "report").text))
    let unpaired = try compare("base", "cut", "--unpaired")
    #expect(unpaired.status == 0, "\(unpaired.messages)")
    #expect(unpaired.output.hasPrefix("Means over different documents"))
  }

  @Test(arguments: [
    (["base"], Int32(64), "two runs"), (["base", "nowhere"], 66, "nowhere"),
    (["base", "base", "--margin", "0"], 64, "margin"),
    (["base", "base", "--as", "cousin"], 64, "cousin"),
    (["base", "base", "--resamples", "1"], 64, "resamples"),
  ])
  func refuses(_ arguments: [String], _ code: Int32, _ words: String) throws {
    let outcome = try Command.run(["compare"] + arguments + ["--output", "report"], in: work)
    #expect(outcome.status == code && !outcome.endedBySignal, "\(outcome.messages)")
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
  }
}
