// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Testing

/// What a survey keeps beside spectra, and what reports and explanations make of it.
@Suite(.timeLimit(.minutes(5)))
struct CompanionTests {
  private let work: URL
  private let corpus: String
  private let model: TinyModel

  init() throws {
    work = try Fixtures.temporaryFolder("isobath-companions")
    corpus = try Texts.write(Texts.documents(18, words: 9), in: work)
    model = try TinyModel(in: work)
  }

  private func survey(_ extra: String..., to folder: String = "run") throws -> Command.Outcome {
    try Command.succeed(
      ["survey", model.path, "--corpus", corpus, "--output", folder, "--quiet"] + extra, in: work)
  }

  /// Every number against numpy on the same states: the script prints the worst differences.
  @Test func numbersAreThoseOfNumpy() throws {
    let script = Fixtures.root.appending(path: "Scripts/verify-numbers.py").path(
      percentEncoded: false)
    let outcome = try Python.run(
      [
        script, try Command.path().path(percentEncoded: false), model.path, corpus, "--limit", "6",
        "--work", work.path(percentEncoded: false),
      ], in: work)
    print(outcome.output)
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test func everythingAtOnceIsReported() throws {
    _ = try survey(
      "--measures", "all", "--pairs", "all", "--pool", "all", "--compat", "all", "--lens", "all",
      "--preparation", "paper,paper-without-first,raw")
    _ = try Command.succeed(["report", "run", "--output", "report", "--quiet"], in: work)
    let text = try String(
      contentsOf: work.appending(path: "report/README.md"), encoding: .utf8)
    for title in [
      "Which tokens carry the entropy?", "What else bends with it", "How well the model predicts",
      "Which layers are alike", "The whole corpus at once", "Telling documents apart",
      "As published codes compute it", "Would another choice disagree?",
    ] { #expect(text.contains("## \(title)"), "\(title)") }
    #expect(!text.contains("| nan") && !text.contains("inf nats"))
    let csv = try Command.succeed(["export", "run", "--format", "csv"], in: work).output
    for measure in ["lens-loss", "lens-entropy", "attention-sink-rate", "skean-entropy-corrected"] {
      #expect(csv.contains(",\(measure),"), "\(measure)")
    }
    let means = try Command.succeed(
      ["export", "run", "--format", "csv", "--what", "means"], in: work
    ).output
    for analysis in [
      "pooled-mean", "pooled-tokens", "layer-similarity", "views", "across-documents",
    ] {
      #expect(means.contains(",\(analysis),"), "\(analysis)")
    }
  }

  /// A survey in two sittings and in batches stores what one sitting stores, moments included.
  @Test func momentsDoNotDependOnBatches() throws {
    _ = try survey("--pool", "tokens", "--limit", "18")
    let csv = try Command.succeed(
      ["export", "run", "--format", "csv", "--what", "means"], in: work
    ).output
    let rows = csv.split(separator: "\n").filter { $0.contains(",pooled-tokens,") }
    #expect(rows.count == 2 * 5)
    #expect(rows.allSatisfy { $0.contains("18 blocks of documents") })
  }

  @Test func oldNamesAndWrongOnesAreTold() throws {
    let refusals = [
      (["--measures", "curvatur"], "'curvatur' is not a measure; did you mean 'curvature'?"),
      (["--compat", "wie"], "'wie' is not a published code; did you mean 'wei'?"),
      (["--pool", "means"], "'means' is not a pooling; did you mean 'mean'?"),
      (["--sink-threshold", "0"], "--sink-threshold takes a positive number, not 0.0"),
    ]
    for (options, message) in refusals {
      let outcome = try Command.run(
        ["survey", model.path, "--corpus", corpus, "--output", "none"] + options, in: work)
      #expect(outcome.status == 64 && outcome.messages.contains(message), "\(outcome.messages)")
    }
  }

  /// An encoder predicts no next token: who asks for a loss is told.
  @Test func noHeadNoLoss() throws {
    let encoder = try TinyModel("bert", in: try Fixtures.temporaryFolder("isobath-encoder"))
    let outcome = try Command.run(
      [
        "survey", encoder.path, "--corpus", corpus, "--output", "none", "--lens", "final",
        "--quiet",
      ],
      in: work)
    #expect(outcome.status == 78)
    #expect(outcome.messageLines.count == 1 && outcome.messages.contains("predicts no next token"))
  }

  @Test func explanationsHaveExamples() throws {
    _ = try survey()
    for name in ["entropy", "curvature", "valley", "paper", "contribution", "norm-first"] {
      let own = try Command.succeed(["explain", name, "--run", "run"], in: work).output
      #expect(own.contains("\nExample. model over 18 documents of"), "\(name)")
      #expect(
        try Command.succeed(["explain", name], in: work).output.contains("\nExample. SmolLM2"))
    }
    for name in ["skean", "position", "llama", "information-imbalance", "views"] {
      #expect(try Command.succeed(["explain", name], in: work).output.count > 40)
    }
  }
}
