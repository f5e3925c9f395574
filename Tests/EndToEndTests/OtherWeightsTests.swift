// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Testing

/// `--untrained` and `--round-weights`: runs of their own, and what is refused.
@Suite(.timeLimit(.minutes(5)))
struct OtherWeightsTests {
  private let work: URL
  private let corpus: String

  init() throws {
    work = try Fixtures.temporaryFolder("isobath-weights")
    corpus = try Texts.write(Texts.documents(6, words: 8), in: work)
    _ = try TinyModel(in: work)
  }

  private func survey(_ extra: String...) throws -> (run: String, folder: String) {
    let call = ["survey", "model", "--corpus", corpus, "--json", "--quiet"]
    let outcome = try Command.succeed(call + extra, in: work)
    let root = try JSONDocument(Array(outcome.output.utf8)).root
    return (try #require(root["run"]?.string), try #require(root["folder"]?.string))
  }

  private func rows(_ folder: String) throws -> String {
    try Command.succeed(["export", folder, "--format", "csv"], in: work).output
  }

  private func manifest(_ folder: String) throws -> JSON {
    let file = work.appending(path: "\(folder)/run.json")
    return try JSONDocument([UInt8](Data(contentsOf: file))).root
  }

  /// The same seed gives the same rows bit for bit, in batches of any size and on any threads.
  @Test func anUntrainedSurveyRepeatsItself() throws {
    let first = try survey("--untrained", "7")
    #expect(first.folder.hasSuffix("model-corpus-untrained-7"))
    let again = try survey("--untrained", "7", "--output", "again", "--threads", "1")
    #expect(again.run == first.run)
    #expect(try rows("again") == rows(first.folder))
    let other = try survey("--untrained", "8")
    let trained = try survey()
    #expect(Set([first.run, other.run, trained.run]).count == 3)
    #expect(trained.folder.hasSuffix("model-corpus"))
    let found = try manifest(first.folder)
    #expect(found["inputs"]?["options"]?["untrained"]?.int == 7)
    #expect(found["subject"]?["model"]?.string == "model, untrained seed 7")
    let details = try manifest(trained.folder)["subject"]?["details"]
    let parameters = try #require(details?["parameters"]?.int)
    #expect(details?["parameters-non-embedding"]?.int == parameters - 160 * 48)
    let kind = try Command.succeed(
      [
        "compare", first.folder, other.folder, trained.folder, "--as", "untrained", "--output",
        "seeds",
        "--resamples", "200",
      ], in: work)
    #expect(!kind.output.isEmpty)
    _ = try Command.succeed(
      ["compare", first.folder, trained.folder, "--output", "report", "--resamples", "200"],
      in: work)
    let report = String(
      decoding: try Data(contentsOf: work.appending(path: "report/README.md")), as: UTF8.self)
    #expect(
      report.contains("## Diff-eRank") && report.contains("untrained (model, untrained seed 7)"))
    let provenance = report.split(separator: "\n").first { $0.hasPrefix("| untrained ") }
    #expect(provenance?.contains("| 7 ") == true && provenance?.contains("differs") == true)
  }

  @Test func roundedWeightsAreAQuantisation() throws {
    let base = try survey()
    let rounded = try survey("--round-weights", "bf16")
    #expect(rounded.folder.hasSuffix("model-corpus-bf16") && rounded.run != base.run)
    #expect(try rows(rounded.folder) != rows(base.folder))
    _ = try Command.succeed(
      ["compare", base.folder, rounded.folder, "--output", "report", "--resamples", "200"],
      in: work)
    let report = String(
      decoding: try Data(contentsOf: work.appending(path: "report/README.md")), as: UTF8.self)
    #expect(report.contains("full precision (model)"))
    #expect(report.contains("quantised (model, rounded to bf16)"))
  }

  @Test func statesOfOtherWeights() throws {
    try Data("[[1, 2, 3]]".utf8).write(to: work.appending(path: "ids.json"))
    var files: [Data] = []
    for (name, extra) in [
      ("plain", []), ("a", ["--untrained", "7"]), ("b", ["--untrained", "7"]),
      ("c", ["--round-weights", "f16"]),
    ] {
      let call = ["states", "model", "--ids", "ids.json", "--output", name, "--quiet"]
      _ = try Command.succeed(call + extra, in: work)
      files.append(try Data(contentsOf: work.appending(path: name)))
    }
    #expect(files[1] == files[2] && Set(files).count == 3)
  }

  private static let refusals: [Refusal] = [
    Refusal(
      "rows of half a block", 64, ["model.", "48", "q4_0", "32"],
      Refusal.survey + ["--round-weights", "q4_0"]),
    Refusal(
      "an unknown type", 64, ["q9", "--round-weights"], Refusal.survey + ["--round-weights", "q9"]),
    Refusal(
      "a seed that is no number", 64, ["--untrained"], Refusal.survey + ["--untrained", "dice"]),
    Refusal(
      "a deviation of no sense", 78, ["initializer_range"], Refusal.survey + ["--untrained", "1"]
    ) { model, _ in
      try model.replace("\"initializer_range\": 0.02", with: "\"initializer_range\": -1")
    },
    Refusal("no weights", 65, ["model.safetensors"], Refusal.survey + ["--untrained", "1"]) {
      model, _ in try model.remove("model.safetensors")
    },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws { try refusal.check() }
}
