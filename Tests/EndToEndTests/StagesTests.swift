// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

/// Checkpoints of the model that ships inside, followed through their training; and a ladder of sizes.
@Suite(.timeLimit(.minutes(10)))
struct StagesTests {
  private let work: URL
  private let family = "\(Fixtures.root.text)Sources/IsobathCLI/Resources/Family"

  init() throws { work = try Fixtures.temporaryFolder("isobath-stages") }

  private func survey(_ model: String, to run: String) throws {
    _ = try Command.succeed(
      [
        "survey", "\(family)/\(model)", "--corpus", "\(family)/held-out.jsonl", "--limit", "120",
        "--positions", "none", "--output", run, "--lens", "final", "--quiet",
      ], in: work)
  }

  @Test func aTrainingIsFollowed() throws {
    for step in ["0000", "0064", "1024"] { try survey("isobath-500k/step-\(step)", to: "s\(step)") }
    let call = ["stages", "s1024", "s0000", "s0064", "--resamples", "500", "--output", "report"]
    let outcome = try Command.run(call, in: work)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.hasPrefix("From step 0 to step 1024 the matrix entropy falls most"))
    #expect(outcome.output.contains("between steps 0 and 64 (−"))
    #expect(outcome.messages.contains("report/README.md, report.html and 5 figures"))
    let text = String(
      decoding: try Data(contentsOf: work.appending(path: "report/README.md")), as: UTF8.self)
    for part in ["0 → 64", "64 → 1024", "loss (nats/token)", "120 documents"] {
      #expect(text.contains(part), "no '\(part)'")
    }
    let notebook = ["--notebook", "notes/training"]
    let other = try Command.succeed(call + ["--threads", "1"] + notebook, in: work)
    #expect(other.messages.contains("wrote notes/training/training.ipynb"))
    let run = try NotebookRun(work.appending(path: "notes/training/training.ipynb").text)
    #expect(run.figures == 4)
    #expect(
      run.printed.contains("largest change from step 0 to 1024") && run.printed.contains("says"))
    let again = String(
      decoding: try Data(contentsOf: work.appending(path: "report/README.md")), as: UTF8.self)
    #expect(again == text)
  }

  @Test func oneRunIsNoTraining() throws {
    try survey("isobath-500k/step-0000", to: "s0")
    let outcome = try Command.run(["stages", "s0"], in: work)
    #expect(outcome.status == 64)
    #expect(outcome.messageLines.count == 1 && outcome.messages.contains("at least two stages"))
    let steps = try Command.run(["stages", "s0", "s0", "--steps", "1,x"], in: work)
    #expect(steps.status == 64 && steps.messages.contains("not 'x'"))
  }

  @Test func aLadderOfSizesHasLaws() throws {
    let sizes = ["50k", "160k", "500k", "1500k"]
    for size in sizes { try survey("isobath-\(size)", to: size) }
    let outcome = try Command.run(
      ["scale"] + sizes + ["--resamples", "200", "--output", "law", "--notebook", "law/notes"],
      in: work)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("the published value H/ln d falls with size"))
    let text = String(
      decoding: try Data(contentsOf: work.appending(path: "law/README.md")), as: UTF8.self)
    #expect(text.contains("The control") && text.contains("4 runs of 120 documents"))
    let run = try NotebookRun(work.appending(path: "law/notes/notes.ipynb").text)
    #expect(run.figures == 5)
    #expect(run.printed.contains("llama, b: 0.0") && run.printed.contains("as the finding says"))
    let few = try Command.run(["scale", "50k", "160k", "500k"], in: work)
    #expect(few.status == 64 && few.messageLines.count == 1)
  }
}
