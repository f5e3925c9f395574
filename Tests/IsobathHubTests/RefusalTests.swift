// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathTestSupport
import Testing

/// What a hub may answer instead of a model, one line each, and nothing on disk.
@Suite struct RefusalTests {
  private func expectNothingKept(
    _ scene: Scene, requests: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try layout(of: scene.folder).isEmpty, sourceLocation: sourceLocation)
    #expect(scene.asked.count == requests, "\(scene.asked)", sourceLocation: sourceLocation)
    scene.expectTokenStayedHome(sourceLocation: sourceLocation)
  }

  @Test(arguments: [401, 403]) func aDeniedModelSaysHowToGetIn(status: Int) throws {
    let scene = try Scene()
    scene.hub.always(.listing) {
      $1.status = status
      $1.headers["X-Error-Message"] = "Access to model is restricted.\u{1b}[2J"
    }
    let error = scene.failure()
    guard case .denied(FakeHub.model, status, _, hasToken: true) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error.map { "\($0)".contains("HF_TOKEN") && !"\($0)".contains("\u{1b}") } == true)
    try expectNothingKept(scene, requests: 1)
  }

  @Test func withoutATokenNoneIsSentAndTheMessageAsksForOne() throws {
    let scene = try Scene(nil, ["HF_TOKEN": ""])
    scene.hub.always(.listing) { $1.status = 401 }
    let error = scene.failure()
    #expect(error == .denied(id: FakeHub.model, status: 401, reason: "", hasToken: false))
    #expect(error.map { "\($0)".contains("set HF_TOKEN") } == true)
    #expect(scene.hub.hub.requests.allSatisfy { $0.headers["authorization"] == nil })
    #expect(scene.asked.count == 1)
  }

  /// The list of a gated model's files is public, its files are not.
  @Test func aGatedFileIsDenied() throws {
    let scene = try Scene()
    scene.hub.always(.head("config.json")) {
      $1 = LoopbackServer.Reply(status: 403, headers: ["X-Error-Code": "GatedRepo"])
    }
    #expect(
      scene.failure() == .denied(id: FakeHub.model, status: 403, reason: "", hasToken: true))
    try expectNothingKept(scene, requests: 3)
  }

  @Test(arguments: [
    ("RepoNotFound", HubError.noModel(id: FakeHub.model, host: "127.0.0.1")),
    ("", HubError.noModel(id: FakeHub.model, host: "127.0.0.1")),
    ("RevisionNotFound", HubError.noRevision(id: FakeHub.model, revision: "v9")),
  ])
  func whatIsNotThereIsNamed(code: String, wanted: HubError) throws {
    let scene = try Scene()
    scene.hub.always(.listing) {
      $1 = LoopbackServer.Reply(status: 404, headers: ["X-Error-Code": code])
    }
    #expect(scene.failure(try HubID("\(FakeHub.model)@v9")) == wanted)
    try expectNothingKept(scene, requests: 1)
    #expect(scene.asked == ["GET /api/models/org/tiny-model/revision/v9?blobs=true"])
  }

  @Test func aRevisionIsEscaped() throws {
    let scene = try Scene()
    try scene.fetch(HubID("\(FakeHub.model)@refs/pr/3%&é"))
    #expect(scene.asked.first?.contains("/revision/refs%2Fpr%2F3%25%26%C3%A9?blobs=true") == true)
    #expect(try scene.files["refs/refs/pr/3%&é"] == FakeHub.commit)
  }

  @Test(arguments: [
    ("<!doctype html><html>log in", "a web page instead of JSON"), ("\n <html>", "a web page"),
    ("{", "not valid JSON"), ("", "not valid JSON"), ("[]", "no commit"), ("{}", "no commit"),
    (#"{"sha": "main", "siblings": []}"#, "no commit"),
    (#"{"sha": "0123456789abcdef0123456789abcdef01234567"}"#, "no list of files"),
    (#"{"sha": "0123456789abcdef0123456789abcdef01234567", "siblings": [{}]}"#, "without a name"),
    (String(repeating: "[", count: 100_000), "not valid JSON"),
  ])
  func anAnswerThatIsNoListIsNamed(body: String, words: String) throws {
    let scene = try Scene()
    scene.hub.always(.listing) { $1.body = Array(body.utf8) }
    let error = scene.failure()
    guard case .answer(_, let what) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(what.contains(words), "\(what)")
    #expect(error.map { "\($0)".contains("HF_ENDPOINT") } == true)
    try expectNothingKept(scene, requests: 1)
  }

  @Test func anotherCommitThanThePinnedOneIsRefused() throws {
    let scene = try Scene()
    let commit = String(FakeHub.commit.reversed())
    let error = scene.failure(try HubID("\(FakeHub.model)@\(commit)"))
    guard case .answer(_, let what) = error, what.contains(commit) else {
      Issue.record("\(String(describing: error))")
      return
    }
    try expectNothingKept(scene, requests: 1)
  }

  @Test(arguments: [
    "../config.json", "/etc/passwd", "a/../../b", "..", "", "a\u{0}b", #"..\..\b"#, "a/..",
    "config.json",
  ])
  func aNameThatClimbsIsRefused(name: String) throws {
    let scene = try Scene(files: ["config.json": [1], "model.safetensors": [2], "extra": [3]])
    let text = name.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\u{0}", with: "\\u0000")
    scene.hub.always(.listing) {
      let body = String(decoding: $1.body, as: UTF8.self)
      $1.body = Array(body.replacingOccurrences(of: "\"extra\"", with: "\"\(text)\"").utf8)
    }
    let error = scene.failure()
    guard case .answer(_, let what) = error, what.contains("cannot be a file's name") else {
      Issue.record("\(String(describing: error))")
      return
    }
    try expectNothingKept(scene, requests: 1)
  }

  @Test(arguments: ["../../../x", "/etc/x", "a/b", "..", "a\\\\b", "a\\u0000"])
  func anIndexThatClimbsIsRefused(name: String) throws {
    let index = Array(#"{"weight_map": {"a": "\#(name)"}}"#.utf8)
    let scene = try Scene(files: ["config.json": [1], "model.safetensors.index.json": index])
    let error = scene.failure()
    guard case .answer(_, let what) = error, what.contains("no name of a shard") else {
      Issue.record("\(String(describing: error))")
      return
    }
    try expectNothingKept(scene, requests: 2)
  }

  @Test func aHugeAnswerIsNotKeptInMemory() throws {
    let scene = try Scene()
    scene.hub.always(.listing) {
      $1.body = [UInt8](repeating: 0x20, count: 1 << 20)
      $1.length = .some(nil)
      $1.isEndless = true
    }
    let error = scene.failure()
    guard case .answer(_, let what) = error, what.contains("more than 67108864 bytes") else {
      Issue.record("\(String(describing: error))")
      return
    }
    try expectNothingKept(scene, requests: 1)
  }

  /// Nobody reads a refusal's body to its end.
  @Test func anEndlessRefusalIsARefusal() throws {
    let scene = try Scene()
    scene.hub.always(.listing) {
      $1 = LoopbackServer.Reply(
        status: 403, body: [UInt8](repeating: 0x41, count: 1 << 16), length: .some(nil),
        isEndless: true)
    }
    #expect(
      scene.failure() == .denied(id: FakeHub.model, status: 403, reason: "", hasToken: true))
    try expectNothingKept(scene, requests: 1)
  }

  @Test func endlessHeadersAreNoAnswer() throws {
    let scene = try Scene()
    scene.hub.always(.listing) {
      for number in 0..<4000 { $1.headers["X-\(number)"] = String(repeating: "x", count: 90) }
    }
    let error = scene.failure()
    guard case .network = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try layout(of: scene.folder).isEmpty)
  }

  @Test(arguments: ["gzip", "br", "zstd"])
  func anEncodingThatNobodyAskedForIsRefused(encoding: String) throws {
    let list = try Scene()
    list.hub.always(.listing) { $1.headers["Content-Encoding"] = encoding }
    let wanted = "encoded as \(encoding), which was not asked for"
    guard case .answer(_, wanted) = list.failure() else {
      Issue.record("accepted")
      return
    }
    let file = try Scene()
    file.hub.always(.file("config.json")) { $1.headers["Content-Encoding"] = encoding }
    guard case .answer(_, wanted) = file.failure() else {
      Issue.record("accepted")
      return
    }
    #expect(try file.files.filter { !$0.key.hasSuffix(".incomplete") }.isEmpty)
  }

  @Test(arguments: [
    ["X-Repo-Commit": ""], ["X-Repo-Commit": "other"], ["ETag": ""], ["ETag": "../../x"],
    ["ETag": "\"..\""], ["ETag": "\"a/b\""], ["ETag": "\".hidden\""],
    ["ETag": String(repeating: "e", count: 300)], ["X-Linked-Size": "1"],
    ["X-Linked-Etag": "\"../../../x\""],
  ])
  func aHeadThatNoHubSendsIsRefused(headers: [String: String]) throws {
    let scene = try Scene()
    scene.hub.always(.head("config.json")) {
      for (name, value) in headers { $1.headers[name] = value.isEmpty ? nil : value }
    }
    let error = scene.failure()
    guard case .answer = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    try expectNothingKept(scene, requests: 3)
  }

  @Test func aNumberOutOfRangeIsNoSize() throws {
    let scene = try Scene(files: ["config.json": [1], "model.safetensors": [2]])
    let huge = "99999999999999999999999999"
    scene.hub.always(.listing) {
      let body = String(decoding: $1.body, as: UTF8.self)
      $1.body = Array(body.replacingOccurrences(of: "\"size\":1", with: "\"size\":\(huge)").utf8)
    }
    scene.hub.always(.head("config.json")) { $1.headers["X-Linked-Size"] = huge }
    try scene.fetch()
    #expect(try scene.files["refs/main"] == FakeHub.commit)
  }
}
