// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

/// A study of models that ship inside, from its file to its report.
@Suite(.timeLimit(.minutes(10)))
struct StudyTests {
  private let work: URL
  private let family = "\(Fixtures.root.text)Sources/IsobathCLI/Resources/Family"

  init() throws { work = try Fixtures.temporaryFolder("isobath-study") }

  private func write(_ text: String) throws {
    try Data(text.utf8).write(to: work.appending(path: "mine.yaml"))
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: work.appending(path: path)), as: UTF8.self)
  }

  @Test func modelsCorporaAndQuestionsEndInOneReport() throws {
    try write(
      """
      title: Two sizes and a tuning
      notebooks: notes/mine
      models:
        - {model: \(family)/isobath-50k, name: small}
        - {model: \(family)/isobath-160k, name: middle}
        - {model: \(family)/isobath-1500k, name: base}
        - {model: \(family)/isobath-1500k-tuned, name: tuned}
      corpora:
        - {corpus: \(family)/held-out.jsonl, name: novels, limit: 12}
        - {corpus: \(family)/tuned-register.jsonl, name: scripture, limit: 12}
      survey: {positions: none, orders: [1, 2]}
      reports: false
      analyses:
        - {compare: [base, tuned], as: tuned, resamples: 500}
        - {scale: all, resamples: 200}
      """)
    let listed = try Command.succeed(["study", "mine.yaml", "--check"], in: work)
    #expect(listed.output.split(separator: "\n").count == 12)
    #expect(!FileManager.default.fileExists(atPath: work.appending(path: "runs").text))
    let outcome = try Command.run(["study", "mine.yaml"], in: work)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("tuned against base over scripture: "))
    let index = try text("Reports/mine/README.md")
    for part in [
      "# Two sizes and a tuning", "4 models over 2 corpora, 8 runs",
      "(compare-tuned-vs-base-novels/README.md)", "(scale-scripture/README.md)",
      "figures/curves.svg", "resamples: 200",
    ] {
      #expect(index.contains(part), "no '\(part)'")
    }
    #expect(try text("Reports/mine/compare-tuned-vs-base-novels/README.md").contains("fine-tuned"))
    #expect(try text("Reports/mine/study.yaml") == text("mine.yaml"))
    try notebooksSayWhatTheReportsSay()
    // Again: everything is there, and nothing moves.
    let again = try Command.run(["study", "mine.yaml"], in: work)
    #expect(again.status == 0 && again.messages.contains("resuming: 12 of 12 documents are done"))
    #expect(try text("Reports/mine/README.md") == index)
  }

  private func notebooksSayWhatTheReportsSay() throws {
    let index = try NotebookRun(work.appending(path: "notes/mine/mine.ipynb").text)
    #expect(index.figures == 1)
    #expect(index.printed.contains("runs: 8, as the finding says"))
    #expect(index.printed.contains(" over scripture at depth "))
    #expect(try text("notes/mine/runs.csv").contains(",llama,tuned,novels,paper,"))
    let name = "compare-tuned-vs-base-scripture"
    let run = try NotebookRun(work.appending(path: "notes/mine/\(name)/\(name).ipynb").text)
    #expect(run.figures == 5)
    #expect(run.printed.contains("as the finding says"))
    #expect(try text("notes/mine/\(name)/records.csv") == text("Reports/mine/\(name)/records.csv"))
  }

  @Test(arguments: [
    ("models: [a]\ncorpra: [b]", 78, "did you mean 'corpora'?"),
    ("models: [none]\ncorpora: [b]\nsurvey: {orders: [x]}", 78, "'x' is not a Rényi order"),
    ("models: [none]\ncorpora: [b]\nanalyses: [{compare: none}]", 78, "line 3: 'compare' takes"),
    ("models: [/none]\ncorpora: [b]", 66, "/none"),
  ])
  func whatIsWrongIsSaidBeforeAnythingBegins(file: String, status: Int32, part: String) throws {
    try write(file)
    let outcome = try Command.run(["study", "mine.yaml"], in: work)
    #expect(outcome.status == status, "\(outcome.messages)")
    #expect(outcome.messages.contains(part) && outcome.messageLines.count == 1)
    #expect(!FileManager.default.fileExists(atPath: work.appending(path: "runs").text))
  }
}
