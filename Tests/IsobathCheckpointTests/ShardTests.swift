// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathJSON
import Testing

/// Checkpoints in several files, and indices that say something else than the files.
@Suite struct ShardTests {
  /// A folder with an index and two shards: `a` in the first, `b` in the second.
  struct Sharded {
    let scratch: Scratch
    var index: String { scratch.path("model.safetensors.index.json") }

    init(_ map: String, metadata: String = "{}") throws {
      scratch = try Scratch()
      try scratch.write("config.json", "{}")
      try scratch.write("1.safetensors", SafetensorsBytes.file(floats: [("a", [1], [1])]))
      try scratch.write("2.safetensors", SafetensorsBytes.file(floats: [("b", [2], [2, 3])]))
      try scratch.write(
        "model.safetensors.index.json", "{\"metadata\":\(metadata),\"weight_map\":\(map)}")
    }

    func open() throws(CheckpointError) -> Checkpoint {
      try Checkpoint.open(scratch.folder.path(percentEncoded: false))
    }
  }
  static let good = #"{"a":"1.safetensors","b":"2.safetensors"}"#

  private func expect(
    _ sharded: Sharded, _ problem: ShardProblem, says part: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = refusal(sourceLocation: sourceLocation, sharded.open)
    #expect(error == .shards(problem, path: sharded.index), sourceLocation: sourceLocation)
    expectSentence(error, names: sharded.index, says: part, sourceLocation: sourceLocation)
  }

  @Test(arguments: ["{}", #"{"total_size":12}"#]) func twoShards(_ metadata: String) throws {
    let checkpoint = try Sharded(Self.good, metadata: metadata).open()
    #expect(checkpoint.source.tensors.keys.sorted() == ["a", "b"])
    #expect(checkpoint.files.count == 2)
  }

  @Test(arguments: [
    "../1.safetensors", "/etc/passwd", "sub/1.safetensors", "..", ".", "", "a\\u0000.safetensors",
    "..\\\\1.safetensors", String(repeating: "x", count: 256),
  ])
  func namesThatLeadElsewhere(_ name: String) throws {
    let sharded = try Sharded("{\"a\":\"\(name)\",\"b\":\"2.safetensors\"}")
    let plain = try #require(JSONDocument(Array("\"\(name)\"".utf8)).root.string)
    expect(sharded, .notAFileName(plain), says: "is not the name of a file")
  }

  @Test func aNameThatIsNoString() throws {
    expect(try Sharded(#"{"a":7}"#), .notAFileName("number"), says: "is not the name of a file")
  }

  @Test(arguments: ["{}", "[]", "null", "7"]) func noMap(_ map: String) throws {
    expect(try Sharded(map), .noWeightMap, says: "no weight_map")
  }

  @Test func aLinkOutOfTheFolder() throws {
    let sharded = try Sharded(Self.good)
    let elsewhere = try Scratch()
    let target = try elsewhere.write("b", SafetensorsBytes.file(floats: [("b", [2], [2, 3])]))
    try FileManager.default.removeItem(atPath: sharded.scratch.path("2.safetensors"))
    try FileManager.default.createSymbolicLink(
      atPath: sharded.scratch.path("2.safetensors"), withDestinationPath: target)
    expect(sharded, .outside("2.safetensors"), says: "outside the checkpoint's folder")
  }

  /// The hub's cache: snapshots/<revision>/file is a link to ../../blobs/<hash>.
  @Test func theHubCachesLinks() throws {
    let sharded = try Sharded(Self.good)
    let cache = try Scratch()
    let snapshot = cache.folder.appending(path: "snapshots/main")
    let blobs = cache.folder.appending(path: "blobs")
    try FileManager.default.createDirectory(at: snapshot, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: blobs, withIntermediateDirectories: true)
    for name in try FileManager.default.contentsOfDirectory(atPath: sharded.scratch.folder.path) {
      try FileManager.default.moveItem(
        atPath: sharded.scratch.path(name), toPath: blobs.appending(path: "blob-\(name)").path)
      try FileManager.default.createSymbolicLink(
        atPath: snapshot.appending(path: name).path, withDestinationPath: "../../blobs/blob-\(name)"
      )
    }
    #expect(try Checkpoint.open(snapshot.path).source.tensors.count == 2)
  }

  /// The same with blobs that models share: blobs/<hash> is a link to ../../blobs/<two digits>/<hash>.
  @Test(arguments: [
    ("models--a--b", "blobs/ab", true), ("a--b", "blobs/ab", false),
    ("models--a--b", "other/ab", false),
  ])
  func theHubCachesSharedBlobs(model: String, place: String, isRead: Bool) throws {
    let sharded = try Sharded(Self.good)
    let cache = try Scratch()
    let snapshot = cache.folder.appending(path: "\(model)/snapshots/main")
    let shared = cache.folder.appending(path: place)
    try FileManager.default.createDirectory(at: snapshot, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: shared, withIntermediateDirectories: true)
    for name in try FileManager.default.contentsOfDirectory(atPath: sharded.scratch.folder.path) {
      try FileManager.default.moveItem(
        atPath: sharded.scratch.path(name), toPath: shared.appending(path: name).path)
      try FileManager.default.createSymbolicLink(
        atPath: snapshot.appending(path: name).path,
        withDestinationPath: "../../../\(place)/\(name)")
    }
    guard isRead else {
      #expect(throws: CheckpointError.self) { try Checkpoint.open(snapshot.path) }
      return
    }
    #expect(try Checkpoint.open(snapshot.path).source.tensors.count == 2)
  }

  @Test func aMissingShard() throws {
    let sharded = try Sharded(#"{"a":"1.safetensors","b":"3.safetensors"}"#)
    expect(sharded, .missingShard("3.safetensors"), says: "'3.safetensors' is missing")
  }

  @Test func aTensorInTwoShards() throws {
    let sharded = try Sharded(Self.good)
    try sharded.scratch.write(
      "2.safetensors", SafetensorsBytes.file(floats: [("a", [1], [1]), ("b", [1], [2])]))
    expect(sharded, .twice("a", "1.safetensors", "2.safetensors"), says: "is in both")
  }

  @Test func aTensorThatTheIndexDoesNotList() throws {
    let sharded = try Sharded(Self.good)
    try sharded.scratch.write(
      "2.safetensors", SafetensorsBytes.file(floats: [("b", [1], [1]), ("c", [1], [2])]))
    expect(sharded, .unlisted("c", shard: "2.safetensors"), says: "is not in the index")
  }

  @Test func aTensorThatNoShardHolds() throws {
    let sharded = try Sharded(#"{"a":"1.safetensors","b":"2.safetensors","c":"2.safetensors"}"#)
    expect(sharded, .missingTensor("c", shard: "2.safetensors"), says: "'c' is not in shard")
  }

  @Test func aTensorInAnotherShardThanListed() throws {
    let sharded = try Sharded(#"{"a":"2.safetensors","b":"1.safetensors"}"#)
    expect(sharded, .unlisted("a", shard: "1.safetensors"), says: "is not in the index")
  }

  @Test(arguments: [11, 13, 0, -1]) func aSizeThatIsNotTrue(_ claimed: Int) throws {
    let sharded = try Sharded(Self.good, metadata: "{\"total_size\":\(claimed)}")
    expect(
      sharded, .totalSize(claimed: Double(claimed), found: 12), says: "claims \(claimed) bytes")
  }

  @Test func aDamagedShardIsNamed() throws {
    let sharded = try Sharded(Self.good)
    let shard = try sharded.scratch.write("2.safetensors", "")
    let error = refusal(sharded.open)
    #expect(error == .safetensors(.tooSmall(bytes: 0), path: shard))
    expectSentence(error, names: shard, says: "damaged safetensors file")
  }

  @Test(arguments: [#"{"weight_map":{"a":"1","a":"2"}}"#, "{", ""]) func notJSON(_ text: String)
    throws
  {
    let sharded = try Sharded(Self.good)
    let path = try sharded.scratch.write("model.safetensors.index.json", text)
    let error = refusal(sharded.open)
    guard case .json(_, path) = error else {
      Issue.record("refused as \(String(describing: error))")
      return
    }
    expectSentence(error, names: path, says: "not valid JSON: line 1")
  }
}
