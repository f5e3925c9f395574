// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathTestSupport
import Testing

/// A download that was cut goes on where it was, whatever the server makes of that.
@Suite struct ResumeTests {
  private static let name = "model-00001-of-00002.safetensors"

  /// What the other server was asked for the file: the ranges, `-` without one.
  private func ranges(_ scene: Scene) -> [String] {
    scene.hub.store.requests.filter { $0.path.hasPrefix("/\(ResumeTests.name)") }
      .map { $0.headers["range"] ?? "-" }
  }

  private func expectWhole(_ scene: Scene, sourceLocation: SourceLocation = #_sourceLocation) throws
  {
    let files = try scene.files
    let text = String(decoding: scene.hub.bytes(ResumeTests.name), as: UTF8.self)
    #expect(files[scene.blob(ResumeTests.name)] == text, sourceLocation: sourceLocation)
    #expect(!files.keys.contains { $0.hasSuffix(".incomplete") }, sourceLocation: sourceLocation)
    #expect(files["refs/main"] == FakeHub.commit, sourceLocation: sourceLocation)
    scene.expectTokenStayedHome(sourceLocation: sourceLocation)
  }

  @Test func aCutConnectionGoesOnWithARange() throws {
    let scene = try Scene()
    scene.hub.once(.store(ResumeTests.name), { $1.cut = 1000 }, { $1.cut = 500 })
    try scene.fetch()
    #expect(ranges(scene) == ["-", "bytes=1000-", "bytes=1500-"])
    #expect(scene.waits == [1, 2])
    try expectWhole(scene)
  }

  /// As after a signal that cannot be caught: the part stays, the ref does not move, a second run ends
  /// with the same files as one that was never interrupted.
  @Test func aKilledDownloadGoesOnInTheNextRun() throws {
    let scene = try Scene()
    scene.client.patience.tries = 1
    scene.hub.once(.store(ResumeTests.name)) { $1.cut = 1000 }
    let error = scene.failure()
    guard case .network("127.0.0.1", .cut) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let files = try scene.files
    let part = String(decoding: scene.hub.bytes(ResumeTests.name).prefix(1000), as: UTF8.self)
    #expect(files[scene.blob(ResumeTests.name) + ".incomplete"] == part)
    #expect(files["refs/main"] == nil && files["\(scene.snapshot)/\(ResumeTests.name)"] == nil)
    try scene.fetch()
    #expect(ranges(scene) == ["-", "bytes=1000-"])
    try expectWhole(scene)
    let whole = try Scene(scene.hub)
    try whole.fetch()
    #expect(try scene.files == whole.files)
  }

  @Test func theWholeFileForARangeStartsAgain() throws {
    let scene = try Scene()
    try scene.leave(Array("rubbish".utf8), of: ResumeTests.name)
    scene.hub.once(.store(ResumeTests.name)) { [bytes = scene.hub.bytes(ResumeTests.name)] in
      $1.status = 200
      $1.headers["Content-Range"] = nil
      $1.body = bytes
    }
    try scene.fetch()
    #expect(ranges(scene) == ["bytes=7-"])
    try expectWhole(scene)
  }

  @Test func aWrongPartStartsAgain() throws {
    let scene = try Scene()
    try scene.leave(Array(scene.hub.bytes(ResumeTests.name).prefix(7)), of: ResumeTests.name)
    scene.hub.once(.store(ResumeTests.name)) { $1.headers["Content-Range"] = "bytes 3-9/2400" }
    try scene.fetch()
    #expect(ranges(scene) == ["bytes=7-", "-"])
    try expectWhole(scene)
  }

  @Test(arguments: [416, 206])
  func aRefusedRangeStartsAgain(status: Int) throws {
    let scene = try Scene()
    try scene.leave(Array(scene.hub.bytes(ResumeTests.name).prefix(7)), of: ResumeTests.name)
    scene.hub.once(.store(ResumeTests.name)) {
      $1 = LoopbackServer.Reply(status: status, headers: ["Content-Range": "bytes */2400"])
    }
    try scene.fetch()
    #expect(ranges(scene) == ["bytes=7-", "-"])
    try expectWhole(scene)
  }

  @Test func moreThanTheWholeIsForgotten() throws {
    let scene = try Scene()
    try scene.leave([UInt8](repeating: 65, count: 5000), of: ResumeTests.name)
    try scene.fetch()
    #expect(ranges(scene) == ["-"])
    try expectWhole(scene)
  }

  @Test func aWholeFileThatWasNotYetNamedIsCheckedAndKept() throws {
    let scene = try Scene()
    try scene.leave(scene.hub.bytes(ResumeTests.name), of: ResumeTests.name)
    try scene.fetch()
    #expect(ranges(scene).isEmpty)
    try expectWhole(scene)
  }

  /// What a crash of the machine may leave: bytes that were never written.
  @Test(arguments: [7, 2400])
  func aDamagedPartIsFoundOutAndGotAnew(count: Int) throws {
    let scene = try Scene()
    try scene.leave([UInt8](repeating: 0, count: count), of: ResumeTests.name)
    try scene.fetch()
    #expect(ranges(scene) == (count == 7 ? ["bytes=7-", "-"] : ["-"]))
    try expectWhole(scene)
  }

  @Test func anEndWithoutALengthIsACut() throws {
    let scene = try Scene()
    scene.hub.once(.store(ResumeTests.name)) {
      $1.length = .some(nil)
      $1.cut = 300
    }
    try scene.fetch()
    #expect(ranges(scene) == ["-", "bytes=300-"])
    try expectWhole(scene)
  }

  /// A large file comes through a line that is cut more often than there are tries.
  @Test func progressEarnsNewTries() throws {
    let large = [UInt8](repeating: 7, count: 9 << 20)
    let files = ["config.json": [UInt8(1)], "model.safetensors": large]
    let scene = try Scene(files: files, large: ["model.safetensors"])
    scene.hub.always(.store("model.safetensors")) { $1.cut = 5 << 18 }
    try scene.fetch()
    #expect(scene.hub.store.requests.count == 8)
    #expect(scene.waits.allSatisfy { $0 == 1 })
    let other = try Scene(files: files, large: ["model.safetensors"])
    other.hub.always(.store("model.safetensors")) { $1.cut = 1 << 16 }
    #expect(other.failure() != nil)
    #expect(other.hub.store.requests.count == 5)
    #expect(other.waits == [1, 2, 4, 8])
  }

  @Test func aLinkInThePartsPlaceIsNotWrittenThrough() throws {
    let scene = try Scene()
    let victim = scene.folder.appending(path: "victim")
    try Data("mine".utf8).write(to: victim)
    let place = scene.folder.appending(
      path: "models--org--tiny-model/\(scene.blob(ResumeTests.name)).incomplete")
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: place, withDestinationURL: victim)
    let error = scene.failure()
    guard case .cannotWrite = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try Data(contentsOf: victim) == Data("mine".utf8))
  }
}
