// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathTestSupport
import Testing

/// What Python's client placed is found, and what is damaged is named.
@Suite struct HubCacheTests {
  private let recorded: RecordedCache
  private let root: URL
  private let cache: HubCache

  init() throws {
    recorded = try RecordedCache()
    root = try Fixtures.temporaryFolder("isobath-cache")
    try recorded.restore(to: root)
    cache = HubCache(root.path(percentEncoded: false))
  }

  private var model: URL { root.appending(path: "models--org--tiny-model") }
  private var snapshot: URL { model.appending(path: "snapshots/\(recorded.commit)") }

  private func write(_ text: String, to place: URL) throws {
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    if FileManager.default.fileExists(atPath: place.path(percentEncoded: false)) {
      try FileManager.default.removeItem(at: place)
    }
    try Data(text.utf8).write(to: place)
  }

  private func link(_ name: String, to target: String) throws {
    let place = snapshot.appending(path: name).path(percentEncoded: false)
    try FileManager.default.removeItem(atPath: place)
    try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
  }

  private func remove(_ place: URL) throws { try FileManager.default.removeItem(at: place) }

  @Test(arguments: ["", "@main", "@refs/pr/3", "@0123456789abcdef0123456789abcdef01234567"])
  func findsWhatPythonPlaced(revision: String) throws {
    let answer = try cache.find(HubID(recorded.model + revision))
    let path = snapshot.path(percentEncoded: false)
    #expect(answer == .complete(HubSnapshot(path: path, commit: recorded.commit)))
  }

  @Test func otherModelsAndRevisionsAreMissing() throws {
    #expect(try cache.find(HubID("org/other")) == .missing(["revision main"]))
    #expect(try cache.find(HubID("\(recorded.model)@v2")) == .missing(["revision v2"]))
    let commit = String(recorded.commit.reversed())
    #expect(
      try cache.find(HubID("\(recorded.model)@\(commit)"))
        == .missing(["config.json", "model.safetensors", "tokenizer.json"]))
    #expect(try HubCache("/nowhere/at/all").find(HubID("a/b")) == .missing(["revision main"]))
  }

  @Test func partsAreMissingByName() throws {
    let id = try HubID(recorded.model)
    try remove(snapshot.appending(path: "model-00002-of-00002.safetensors"))
    #expect(try cache.find(id) == .missing(["model-00002-of-00002.safetensors"]))
    try remove(snapshot.appending(path: "config.json"))
    try remove(snapshot.appending(path: "tokenizer.json"))
    #expect(
      try cache.find(id)
        == .missing(["config.json", "model-00002-of-00002.safetensors", "tokenizer.json"]))
  }

  @Test func oneFileOfWeightsIsEnoughOfEitherKind() throws {
    let id = try HubID(recorded.model)
    try remove(snapshot.appending(path: "model.safetensors.index.json"))
    #expect(try cache.find(id) == .missing(["model.safetensors"]))
    try write("weights", to: snapshot.appending(path: "pytorch_model.bin"))
    let whole = CacheAnswer.complete(
      HubSnapshot(path: snapshot.path(percentEncoded: false), commit: recorded.commit))
    #expect(try cache.find(id) == whole)
  }

  /// As the cache says of each file that a tokenizer could be.
  @Test func aModelMayHaveNoTokenizer() throws {
    let id = try HubID(recorded.model)
    try remove(snapshot.appending(path: "tokenizer.json"))
    #expect(try cache.find(id) == .missing(["tokenizer.json"]))
    for name in ["tokenizer.json", "vocab.json", "vocab.txt", "tokenizer.model"] {
      try write("", to: model.appending(path: ".no_exist/\(recorded.commit)/\(name)"))
    }
    #expect(try cache.find(id) != .missing(["tokenizer.json"]))
  }

  @Test func aGGUFFileIsFoundByItsName() throws {
    let id = try HubID("\(recorded.model):parts/tiny.gguf")
    #expect(try cache.find(id) == .missing(["parts/tiny.gguf"]))
    let file = snapshot.appending(path: "parts/tiny.gguf")
    try write("GGUF", to: file)
    #expect(
      try cache.find(id)
        == .complete(
          HubSnapshot(path: file.path(percentEncoded: false), commit: recorded.commit)))
  }

  @Test func aLinkWithoutItsBlobIsNamed() throws {
    try link("config.json", to: "../../blobs/gone")
    let path = snapshot.appending(path: "config.json").path(percentEncoded: false)
    #expect(
      throws: HubError.cache(
        path: path, .brokenLink(to: "../../blobs/gone", id: recorded.model))
    ) { try cache.find(HubID(recorded.model)) }
  }

  @Test(arguments: ["/etc/passwd", "../../../../etc-passwd"])
  func aLinkOutOfTheCacheIsNotFollowed(target: String) throws {
    try write("outside", to: root.deletingLastPathComponent().appending(path: "etc-passwd"))
    try link("tokenizer.json", to: target)
    let path = snapshot.appending(path: "tokenizer.json").path(percentEncoded: false)
    #expect(throws: HubError.self) { try cache.find(HubID(recorded.model)) }
    try link("config.json", to: "/etc/passwd")
    #expect(
      throws: HubError.cache(
        path: path.replacingOccurrences(of: "tokenizer", with: "config"), .outside("/etc/passwd"))
    ) { try cache.find(HubID(recorded.model)) }
  }

  /// Python's client may keep blobs of several models in one place of the cache.
  @Test func aBlobMayBeShared() throws {
    try write("{}", to: root.appending(path: "blobs/ab/abcd"))
    let blob = model.appending(path: "blobs/shared").path(percentEncoded: false)
    try FileManager.default.createSymbolicLink(
      atPath: blob, withDestinationPath: "../../blobs/ab/abcd")
    try link("config.json", to: "../../blobs/shared")
    guard case .complete = try cache.find(HubID(recorded.model)) else {
      Issue.record("not found")
      return
    }
  }

  @Test func aFolderInAFilesPlaceIsNamed() throws {
    try remove(snapshot.appending(path: "config.json"))
    try write("", to: snapshot.appending(path: "config.json/file"))
    let path = snapshot.appending(path: "config.json").path(percentEncoded: false)
    #expect(throws: HubError.cache(path: path, .notAFile)) {
      try cache.find(HubID(recorded.model))
    }
  }

  @Test(arguments: ["", "main", "../../../etc", "0123456789abcdef", "<html>", "a\u{1b}[31m\nb"])
  func aRefThatHoldsNoCommitIsNamed(text: String) throws {
    try write(text, to: model.appending(path: "refs/main"))
    let error = #expect(throws: HubError.self) { try cache.find(HubID(recorded.model)) }
    guard case .cache(let path, .notACommit) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(path.hasSuffix("models--org--tiny-model/refs/main"))
    #expect(error.map { "\($0)".contains("\n") || "\($0)".contains("\u{1b}") } == false)
  }

  @Test func aRefMayEndWithANewline() throws {
    try write(recorded.commit + "\n", to: model.appending(path: "refs/main"))
    #expect(try cache.commit(HubID(recorded.model)) == recorded.commit)
  }

  @Test func aRefOfManyBytesIsRefused() throws {
    try write(String(repeating: "a", count: 5000), to: model.appending(path: "refs/main"))
    #expect(throws: HubError.self) { try cache.commit(HubID(recorded.model)) }
  }

  @Test(arguments: [
    #"{"weight_map": {"a": "../../../../secret"}}"#, #"{"weight_map": {"a": "/etc/passwd"}}"#,
    #"{"weight_map": {"a": "b\u0000c"}}"#, #"{"weight_map": {"a": ".."}}"#,
    #"{"weight_map": {"a": 3}}"#, #"{"weight_map": {}}"#, #"{"weight_map": []}"#, "{}", "",
    "<html>",
    #"{"weight_map": {"a": "x\\y"}}"#,
  ])
  func anIndexThatNamesNoShardsIsNamed(text: String) throws {
    try write(text, to: snapshot.appending(path: "model.safetensors.index.json"))
    let error = #expect(throws: HubError.self) { try cache.find(HubID(recorded.model)) }
    guard case .cache(let path, .index) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(path.hasSuffix("model.safetensors.index.json"))
  }
}
