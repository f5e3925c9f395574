// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Testing

/// Models by their id, from a hub of our own and from the cache.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct HubTests {
  private let hub: HubModel

  init() throws { hub = try HubModel() }

  private func run(_ arguments: [String], offline: Bool = false) throws -> Command.Outcome {
    var environment = hub.environment
    if offline { environment["HF_HUB_OFFLINE"] = "1" }
    return try Command.run(arguments, environment: environment)
  }

  @Test func fetchPrintsTheFolderAndTheCacheServesItOffline() throws {
    let fetched = try run(["fetch", "org/tiny"])
    #expect(fetched.status == 0, "\(fetched.messages)")
    #expect(fetched.output == hub.snapshot + "\n")
    #expect(fetched.messages.contains("org/tiny at 89abcdef0123"))
    let asked = hub.server.requests.count
    let inspected = try run(["inspect", "org/tiny", "--json"], offline: true)
    #expect(inspected.status == 0, "\(inspected.messages)")
    #expect(
      try JSONDocument(Array(inspected.output.utf8)).root["model"]?.string == "org/tiny")
    #expect(inspected.messages.isEmpty)
    #expect(hub.server.requests.count == asked)
  }

  @Test func aSurveyFetchesWhatItNeedsAndWritesDownTheCommit() throws {
    let work = try Fixtures.temporaryFolder("isobath-hub-survey")
    let corpus = try Texts.write(Texts.documents(3), in: work)
    let outcome = try Command.run(
      ["survey", "org/tiny", "--corpus", corpus], in: work, environment: hub.environment)
    #expect(outcome.status == 0, "\(outcome.messages)")
    let run = work.appending(path: "runs")
    let name = try #require(FileManager.default.contentsOfDirectory(atPath: run.text).first)
    #expect(name.hasPrefix("tiny-"))
    let manifest = try Data(contentsOf: run.appending(path: "\(name)/run.json"))
    let subject = try #require(try JSONDocument(Array(manifest)).root["subject"])
    #expect(subject["model"]?.string == "org/tiny")
    #expect(subject["revision"]?.string == HubModel.commit)
  }

  @Test func aDryRunListsTheFilesAndBringsNone() throws {
    let outcome = try run(["fetch", "org/tiny", "--dry-run", "--json"])
    #expect(outcome.status == 0, "\(outcome.messages)")
    let root = try JSONDocument(Array(outcome.output.utf8)).root
    #expect(root["commit"]?.string == HubModel.commit)
    #expect(root["files"]?.elements.contains { $0["name"]?.string == "model.safetensors" } == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: hub.cache.text).isEmpty)
    #expect(try run(["fetch", "org/tiny", "--dry-run"]).output.contains("model.safetensors"))
  }

  @Test(
    arguments: [
      (["fetch", "org/absent"], 66), (["inspect", "org/absent"], 66), (["fetch", "../x"], 66),
      (["fetch", "org/tiny:absent.gguf"], 66), (["plan", "org/tiny", "--offline"], 69),
      (["fetch", "org/tiny@v1", "--revision", "v2"], 64),
    ] as [([String], Int32)])
  func refuses(arguments: [String], code: Int32) throws {
    let outcome = try run(arguments)
    #expect(outcome.status == code, "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.messageLines.count == 1, "\(outcome.messages)")
    #expect(outcome.messages.hasPrefix("isobath: "))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
  func anInterruptedFetchGoesOn(signal: Int32) throws {
    hub.slowDown(2)
    let running = try Running(["fetch", "org/tiny"], environment: hub.environment)
    var isComing = false
    for _ in 0..<1000 where !isComing {
      Thread.sleep(forTimeInterval: 0.01)
      isComing = try part() > 100
    }
    running.send(signal)
    let stopped = try running.wait()
    #expect(isComing)
    #expect(stopped.output.isEmpty)
    #expect(stopped.endedBySignal == (signal == SIGKILL))
    #expect(stopped.status == (signal == SIGKILL ? SIGKILL : 128 + signal))
    if signal != SIGKILL { #expect(stopped.messages.contains("goes on from here")) }
    let kept = try part()
    #expect(kept > 100)
    hub.slowDown(nil)
    let outcome = try run(["fetch", "org/tiny", "--quiet"])
    #expect(outcome.status == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
    #expect(hub.server.requests.last?.headers["range"] == "bytes=\(kept)-")
    #expect(try run(["inspect", "org/tiny", "--digests"], offline: true).status == 0)
  }

  /// Bytes of the weights that a download has brought so far.
  private func part() throws -> Int {
    let place = hub.cache.appending(
      path: "models--org--tiny/blobs/tag-of-model.safetensors.incomplete")
    guard FileManager.default.fileExists(atPath: place.text) else { return 0 }
    return try FileManager.default.attributesOfItem(atPath: place.text)[.size] as? Int ?? 0
  }
}
