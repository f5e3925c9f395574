// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathTestSupport
import Testing

@Suite struct FetchTests {
  /// The bytes that Python's client leaves, but for what it keeps for itself.
  @Test func leavesWhatPythonsClientLeaves() throws {
    let scene = try Scene()
    let recorded = try RecordedCache()
    let snapshot = try scene.fetch()
    try scene.fetch(HubID("\(recorded.model)@refs/pr/3"))
    #expect(snapshot.commit == recorded.commit)
    #expect(snapshot.path.hasSuffix("models--org--tiny-model/snapshots/\(recorded.commit)"))
    let own = ["CACHEDIR.TAG", "/trees/", "/.no_exist/"]
    let wanted = recorded.layout.filter { entry in !own.contains { entry.key.contains($0) } }
    #expect(wanted.count > 18)
    #expect(try layout(of: scene.folder) == wanted)
    scene.expectTokenStayedHome()
  }

  @Test func asksForWhatItNeedsAndNoMore() throws {
    let scene = try Scene()
    try scene.fetch()
    let resolve = "/org/tiny-model/resolve/\(FakeHub.commit)/"
    let index = "model.safetensors.index.json"
    var wanted = [
      "GET /api/models/org/tiny-model/revision/main?blobs=true", "GET \(resolve)\(index)",
    ]
    let shards = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
    for name in ["config.json", "tokenizer.json", "tokenizer_config.json", index] + shards {
      wanted += ["HEAD \(resolve)\(name)", "GET \(resolve)\(name)"]
    }
    #expect(scene.asked == wanted + shards.map { "GET /\($0)?signature=abc" })
    #expect(scene.hub.hub.requests.allSatisfy { $0.headers["accept-encoding"] == "identity" })
    #expect(scene.hub.hub.requests.allSatisfy { $0.headers["user-agent"] == "isobath/test" })
    #expect(scene.waits.isEmpty)
  }

  @Test func whatIsThereIsNotFetchedAgain() throws {
    let scene = try Scene()
    try scene.fetch()
    let (files, asked) = (try scene.files, scene.asked.count)
    try scene.fetch()
    #expect(try scene.files == files)
    // The list of files and the index, to see that all is there.
    #expect(scene.asked.count == asked + 2)
    let id = try scene.id
    #expect(try scene.client.locate(id).commit == FakeHub.commit)
    #expect(scene.asked.count == asked + 2)
  }

  @Test func aMissingFileIsBroughtAndABrokenLinkMended() throws {
    let scene = try Scene()
    try scene.fetch()
    let files = try scene.files
    let model = scene.folder.appending(path: "models--org--tiny-model")
    try FileManager.default.removeItem(at: model.appending(path: scene.blob("config.json")))
    try FileManager.default.removeItem(
      at: model.appending(path: "\(scene.snapshot)/model-00001-of-00002.safetensors"))
    let id = try scene.id
    #expect(throws: HubError.self) { try scene.client.locate(id) }
    try scene.fetch()
    #expect(try scene.files == files)
    // The shard's blob was there: only the link was made.
    #expect(scene.asked.count { $0 == "GET /model-00001-of-00002.safetensors?signature=abc" } == 1)
  }

  @Test func aBlobOfTheWrongSizeIsReplaced() throws {
    let scene = try Scene()
    try scene.fetch()
    let files = try scene.files
    let model = scene.folder.appending(path: "models--org--tiny-model")
    try Data("short".utf8).write(to: model.appending(path: scene.blob("tokenizer.json")))
    try scene.fetch()
    #expect(try scene.files == files)
  }

  @Test func aPinnedRevisionNeedsNoRef() throws {
    let scene = try Scene()
    let id = try HubID("\(FakeHub.model)@\(FakeHub.commit)")
    #expect(try scene.client.locate(id).commit == FakeHub.commit)
    #expect(try !scene.files.keys.contains { $0.hasPrefix("refs/") })
    let asked = scene.asked.count
    #expect(try scene.client.locate(id).commit == FakeHub.commit)
    #expect(scene.asked.count == asked)
  }

  /// Nothing is deleted, and the ref moves last.
  @Test func anOldRefMovesWhenAllIsThere() throws {
    let scene = try Scene()
    let ref = scene.folder.appending(path: "models--org--tiny-model/refs/main")
    try FileManager.default.createDirectory(
      at: ref.deletingLastPathComponent(), withIntermediateDirectories: true)
    let old = String(FakeHub.commit.reversed())
    try Data(old.utf8).write(to: ref)
    scene.hub.once(.store("model-00002-of-00002.safetensors")) { _, reply in reply.status = 400 }
    #expect(scene.failure() != nil)
    #expect(try scene.files["refs/main"] == old)
    try scene.fetch()
    #expect(try scene.files["refs/main"] == FakeHub.commit)
  }

  @Test func withoutLinksTheSnapshotHasTheFiles() throws {
    let scene = try Scene(nil, ["HF_HUB_DISABLE_SYMLINKS": "1"])
    try scene.fetch()
    let recorded = try RecordedCache()
    let files = try scene.files
    for name in recorded.wanted {
      #expect(files["\(scene.snapshot)/\(name)"].map { Array($0.utf8) } == recorded.files[name])
    }
    #expect(files.count == recorded.wanted.count + 1)
    let id = try scene.id
    #expect(try scene.client.locate(id, isOffline: true).commit == FakeHub.commit)
  }

  @Test func aGGUFFileIsFetchedAlone() throws {
    let files = ["a/b.gguf": Array("GGUF".utf8), "c.gguf": [1], "config.json": [2]]
    let scene = try Scene(files: files, large: ["a/b.gguf"])
    let id = try HubID("\(FakeHub.model):a/b.gguf")
    let snapshot = try scene.client.locate(id)
    #expect(snapshot.path.hasSuffix("\(FakeHub.commit)/a/b.gguf"))
    #expect(
      try scene.files["\(scene.snapshot)/a/b.gguf"] == "-> ../../../" + scene.blob("a/b.gguf"))
    #expect(try Data(contentsOf: URL(filePath: snapshot.path)) == Data("GGUF".utf8))
    #expect(try scene.files.count == 3)
    #expect(
      scene.failure(try HubID("\(FakeHub.model):d.gguf"))
        == .noFile(id: FakeHub.model, file: "d.gguf", known: ["a/b.gguf", "c.gguf"]))
  }

  /// Any part of a split model brings all of them.
  @Test func aSplitGGUFFileIsFetchedWhole() throws {
    let parts = (1...3).map { "q/m-0000\($0)-of-00003.gguf" }
    var files = Dictionary(uniqueKeysWithValues: parts.map { ($0, Array($0.utf8)) })
    files["q/m-00001-of-00002.gguf"] = [1]
    let scene = try Scene(files: files)
    let id = try HubID("\(FakeHub.model):\(parts[1])")
    let snapshot = try scene.client.locate(id)
    #expect(snapshot.path.hasSuffix(parts[1]))
    let found = try scene.files.keys.filter { $0.hasPrefix("snapshots/") }
    #expect(found.sorted() == parts.map { "\(scene.snapshot)/\($0)" })
    #expect(
      scene.failure(try HubID("\(FakeHub.model):q/m-00001-of-00002.gguf"))
        == .noFile(id: FakeHub.model, file: "q/m-00002-of-00002.gguf", known: files.keys.sorted()))
    let odd = try HubID("\(FakeHub.model):q/m-00007-of-00003.gguf")
    #expect(throws: HubError.self) { try scene.client.locate(odd) }
  }

  @Test func aModelWithoutTokenizerIsWholeWithout() throws {
    let scene = try Scene(files: ["config.json": [1], "model.safetensors": [2, 3]])
    let id = try scene.id
    #expect(try scene.client.locate(id).commit == FakeHub.commit)
    #expect(try scene.files[".no_exist/\(FakeHub.commit)/vocab.txt"]?.isEmpty == true)
    let asked = scene.asked.count
    #expect(try scene.client.locate(id).commit == FakeHub.commit)
    #expect(scene.asked.count == asked)
  }

  @Test func emptyFilesAreFiles() throws {
    let scene = try Scene(files: ["config.json": [1], "model.safetensors": [2], "merges.txt": []])
    try scene.fetch()
    #expect(try scene.files[scene.blob("merges.txt")]?.isEmpty == true)
  }

  @Test func aPlanBringsNothing() throws {
    let scene = try Scene()
    let id = try scene.id
    let recorded = try RecordedCache()
    let plan = try scene.client.plan(id)
    #expect(plan.files.map(\.name).sorted() == recorded.wanted.sorted())
    let bytes = recorded.wanted.reduce(0) { $0 + (recorded.files[$1]?.count ?? 0) }
    #expect(plan.bytes == bytes && plan.missingBytes == bytes)
    #expect(try layout(of: scene.folder).isEmpty)
    try scene.fetch()
    #expect(try scene.client.plan(id).missingBytes == 0)
  }

  @Test func saysHowFarItIs() throws {
    let scene = try Scene()
    try scene.fetch()
    guard case .planned(let plan) = try #require(scene.events.first) else {
      Issue.record("\(scene.events)")
      return
    }
    var last = 0
    for event in scene.events.dropFirst() {
      guard case .file(_, _, let done, let total) = event else { continue }
      #expect(done >= last && done <= total && total == plan.bytes)
      last = done
    }
    #expect(last == plan.bytes)
  }

  @Test(arguments: ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", ""])
  func offlineNothingIsAsked(variable: String) throws {
    let hub = try FakeHub()
    let scene = try Scene(hub, variable.isEmpty ? [:] : [variable: "1"])
    let id = try scene.id
    let error = #expect(throws: HubError.self) {
      try scene.client.locate(id, isOffline: variable.isEmpty)
    }
    #expect(
      error
        == .offline(
          id: FakeHub.model, cache: scene.folder.path(percentEncoded: false),
          missing: ["revision main"]))
    #expect(error.map { "\($0)".contains("isobath fetch org/tiny-model") } == true)
    if !variable.isEmpty { #expect(scene.failure() != nil) }
    #expect(scene.asked.isEmpty)
    #expect(try layout(of: scene.folder).isEmpty)
  }
}
