// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Testing

/// A survey that is killed, interrupted or met by another one.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct InterruptionTests {
  private let work: URL
  private let model: TinyModel

  init() throws {
    work = try Fixtures.temporaryFolder("isobath-interruption")
    model = try TinyModel(in: work)
  }

  /// A survey of so many documents, each of all the positions that the model has.
  private func arguments(_ documents: Int, _ output: String) throws -> [String] {
    let corpus = try Texts.write(Texts.documents(documents), in: work)
    return [
      "survey", model.path, "--corpus", corpus, "--output", output, "--orders", "1,2", "--json",
    ]
  }

  private func run(_ outcome: Command.Outcome) throws -> String {
    try #require(try JSONDocument(Array(outcome.output.utf8)).root["run"]?.string)
  }

  private func rows(_ run: String) throws -> String {
    try Command.succeed(["export", run, "--format", "csv"], in: work).output
  }

  private func expectSameRows(_ run: String, _ other: String) throws {
    let (one, two) = (try rows(run), try rows(other))
    guard one != two else { return }
    let difference = zip(one.split(separator: "\n"), two.split(separator: "\n"))
      .enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record("rows differ: \(String(describing: difference))")
  }

  @Test(arguments: [1, 2] as [UInt64])
  func killedAgainAndAgainItEndsWithTheSameRows(seed: UInt64) throws {
    let count = 400
    let start = ContinuousClock.now
    let whole = try Command.succeed(try arguments(count, "whole"), in: work)
    let spent = (ContinuousClock.now - start) / .seconds(1)
    var random = Seeded(seed: seed)
    var kills = 0
    for _ in 0..<6 {
      let survey = try Running(try arguments(count, "killed"), in: work)
      Thread.sleep(forTimeInterval: Double.random(in: 0.02...0.35, using: &random) * spent)
      survey.send(SIGKILL)
      let outcome = try survey.wait()
      guard outcome.endedBySignal else {
        #expect(outcome.status == 0, "\(outcome.messages)")
        break
      }
      #expect(outcome.status == SIGKILL)
      #expect(outcome.output.isEmpty)
      kills += 1
    }
    #expect(kills >= 2, "the survey ended before it was killed twice")
    let last = try Command.succeed(try arguments(count, "killed"), in: work)
    #expect(last.messages.contains("resuming: "), "\(last.messages)")
    #expect(try run(last) == run(whole))
    try expectSameRows("killed", "whole")
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: work.appending(path: "killed").text
      ).sorted() == ["run.json", "run.sqlite"])
  }

  @Test func interruptedItSaysHowToGoOn() throws {
    let call = try arguments(400, "run")
    let survey = try Running(call, in: work)
    #expect(try survey.waits(for: "weights in memory"))
    survey.send(SIGINT)
    let stopped = try survey.wait()
    #expect(!stopped.endedBySignal)
    #expect(stopped.status == 130)
    #expect(stopped.output.isEmpty)
    #expect(stopped.messages.contains("of 400 documents; the same command goes on"))
    // What is there can be read.
    #expect(try !rows("run").isEmpty)

    let resumed = try Running(call, in: work)
    #expect(try resumed.waits(for: "resuming: "))
    resumed.send(SIGTERM)
    let terminated = try resumed.wait()
    #expect(!terminated.endedBySignal)
    #expect(terminated.status == 143)
    _ = try Command.succeed(call, in: work)
    _ = try Command.succeed(try arguments(400, "whole"), in: work)
    try expectSameRows("run", "whole")
  }

  @Test func aSecondWriterIsSentAwayWithTheFirstOnesNumber() throws {
    let call = try arguments(3000, "run")
    let first = try Running(call, in: work)
    defer { first.send(SIGKILL) }
    #expect(try first.waits(for: "weights in memory"))
    let second = try Command.run(call + ["--quiet"], in: work)
    #expect(first.isRunning, "the first survey was too short for this test")
    #expect(second.status == 75)
    #expect(second.messageLines.count == 1, "\(second.messages)")
    #expect(second.messages.hasPrefix("isobath: "))
    #expect(second.messages.contains("\(first.identifier)"), "\(second.messages)")
    #expect(second.output.isEmpty)
    // Reading is free.
    _ = try rows("run")
  }

  @Test(arguments: [
    (["--max-tokens", "16"], "max-tokens"), (["--seed", "2"], "seed"),
    (["--preparation", "raw"], "preparation"), (["--sites", "final-norm"], "sites"),
    (["--limit", "3"], "documents"),
  ])
  func anotherQuestionNeedsAnotherFolder(option: [String], named: String) throws {
    let call = try arguments(5, "run")
    _ = try Command.succeed(call, in: work)
    let before = try rows("run")
    let other = try Command.run(call + ["--quiet"] + option, in: work)
    #expect(other.status == 78, "\(other.messages)")
    #expect(other.messageLines.count == 1, "\(other.messages)")
    #expect(other.messages.hasPrefix("isobath: "))
    #expect(other.messages.contains(named), "\(other.messages)")
    #expect(try rows("run") == before)
  }
}
