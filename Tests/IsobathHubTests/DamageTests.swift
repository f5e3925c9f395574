// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathTestSupport
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Wrong bytes, full disks, other processes, and a caller who wants to stop.
@Suite struct DamageTests {
  private static let name = "model-00001-of-00002.safetensors"

  @Test(arguments: ["model-00001-of-00002.safetensors", "config.json"])
  func wrongBytesAreDeleted(name: String) throws {
    let scene = try Scene()
    let place: FakeHub.Place = name == "config.json" ? .file(name) : .store(name)
    scene.hub.once(place) { $1.body[3] ^= 1 }
    guard case .wrongDigest(name, let found, let expected) = scene.failure() else {
      Issue.record("accepted")
      return
    }
    #expect(found != expected && expected == scene.hub.etag(name))
    let files = try scene.files
    #expect(files[scene.blob(name)] == nil && files[scene.blob(name) + ".incomplete"] == nil)
    #expect(files["refs/main"] == nil && files["\(scene.snapshot)/\(name)"] == nil)
    try scene.fetch()
    #expect(try scene.files["refs/main"] == FakeHub.commit)
  }

  /// The list of files knows the digest even where the header that names the blob is none.
  @Test func theListsDigestCountsToo() throws {
    let scene = try Scene()
    scene.hub.always(.head(DamageTests.name)) { $1.headers["X-Linked-Etag"] = "\"multipart-3\"" }
    scene.hub.once(.store(DamageTests.name)) { $1.body[3] ^= 1 }
    guard case .wrongDigest = scene.failure() else {
      Issue.record("accepted")
      return
    }
    try scene.fetch()
    #expect(
      try scene.files["\(scene.snapshot)/\(DamageTests.name)"] == "-> ../../blobs/multipart-3")
  }

  @Test(arguments: [2399, 2401, 0, 1 << 20])
  func aWrongLengthIsDeleted(length: Int) throws {
    let scene = try Scene()
    scene.hub.once(.store(DamageTests.name)) {
      $1.body = [UInt8](repeating: 65, count: length)
    }
    #expect(
      scene.failure() == .wrongSize(file: DamageTests.name, found: length, expected: 2400))
    #expect(try scene.files[scene.blob(DamageTests.name) + ".incomplete"] == nil)
  }

  /// A body that does not end fills no disk.
  @Test func anEndlessFileIsCutAtItsSize() throws {
    let scene = try Scene()
    scene.hub.once(.store(DamageTests.name)) {
      $1.length = .some(nil)
      $1.isEndless = true
    }
    guard case .wrongSize(DamageTests.name, let found, 2400) = scene.failure() else {
      Issue.record("accepted")
      return
    }
    #expect(found > 2400 && found < 1 << 20)
  }

  @Test func aRangeOfAnotherFileIsAWrongSize() throws {
    let scene = try Scene()
    try scene.leave([1, 2, 3], of: DamageTests.name)
    scene.hub.once(.store(DamageTests.name)) { $1.headers["Content-Range"] = "bytes 3-9/10" }
    #expect(scene.failure() == .wrongSize(file: DamageTests.name, found: 10, expected: 2400))
  }

  // MARK: - The disk

  @Test func tooLittleSpaceIsToldBeforeAnythingIsWritten() throws {
    let scene = try Scene()
    let bytes = try RecordedCache().wanted.reduce(0) { $0 + scene.hub.bytes($1).count }
    scene.client.machine.freeBytes = { _ in bytes - 1 }
    let folder = scene.folder.path(percentEncoded: false)
    #expect(scene.failure() == .noSpace(folder: folder, needed: bytes, free: bytes - 1))
    #expect(try layout(of: scene.folder).isEmpty)
    // What is there already needs no room.
    try scene.leave(Array(scene.hub.bytes(DamageTests.name).prefix(1)), of: DamageTests.name)
    try scene.fetch()
  }

  @Test func sizesThatCannotBeAddedAreNoCrash() throws {
    let scene = try Scene(files: ["config.json": [1], "model.safetensors": [2]])
    scene.hub.always(.listing) {
      let body = String(decoding: $1.body, as: UTF8.self)
      $1.body = Array(
        body.replacingOccurrences(of: "\"size\":1", with: "\"size\":\(1 << 44)").utf8)
    }
    guard case .noSpace(_, let needed, _) = scene.failure() else {
      Issue.record("accepted")
      return
    }
    #expect(needed > 1 << 44)
  }

  /// A disk may say that it is full at any write; what is there stays, and the next run goes on.
  @Test(arguments: [ENOSPC, EDQUOT, EIO]) func aFullDiskIsNamed(code: Int32) throws {
    for failing in 0..<6 {
      let scene = try Scene()
      let calls = Mutex(0)
      scene.client.machine.write = { descriptor, bytes in
        let call = calls.withLock { count -> Int in
          count += 1
          return count - 1
        }
        guard call == failing else { return HubMachine.system.write(descriptor, bytes) }
        errno = code
        return -1
      }
      guard case .cannotWrite(let path, code) = scene.failure() else {
        Issue.record("accepted")
        return
      }
      #expect(path.hasSuffix(".incomplete"))
      #expect(try scene.files["refs/main"] == nil)
      scene.client.machine.write = HubMachine.system.write
      try scene.fetch()
      #expect(try scene.files["refs/main"] == FakeHub.commit)
    }
  }

  @Test func shortAndInterruptedWritesAreGoneOnWith() throws {
    let scene = try Scene()
    let calls = Mutex(0)
    scene.client.machine.write = { descriptor, bytes in
      let call = calls.withLock { count -> Int in
        count += 1
        return count
      }
      if call % 3 == 0 {
        errno = EINTR
        return -1
      }
      return HubMachine.system.write(
        descriptor, UnsafeRawBufferPointer(rebasing: bytes.prefix(100)))
    }
    try scene.fetch()
    #expect(try scene.files["refs/main"] == FakeHub.commit)
  }

  @Test func aCacheThatCannotBeMadeIsNamed() throws {
    let file = try Fixtures.temporaryFolder().appending(path: "file")
    try Data().write(to: file)
    let place = file.path(percentEncoded: false) + "/cache"
    let scene = try Scene(nil, ["HF_HUB_CACHE": place])
    guard case .cannotWrite(let path, let code) = scene.failure() else {
      Issue.record("accepted")
      return
    }
    #expect(path.hasPrefix(place) || path == file.path(percentEncoded: false))
    #expect(code == ENOTDIR || code == EEXIST)
  }

  // MARK: - Others

  /// The lock is the one that Python's client takes; it stays when it is free.
  @Test func anotherProcessIsWaitedFor() throws {
    let scene = try Scene()
    let etag = scene.hub.etag("config.json")
    let place = scene.folder.appending(path: ".locks/models--org--tiny-model/\(etag).lock")
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    let lock = open(place.path(percentEncoded: false), O_RDWR | O_CREAT, 0o664)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    scene.client.patience.lock = 3
    #expect(scene.failure() == .locked(path: place.path(percentEncoded: false)))
    #expect(scene.waits.count == 15)
    let waiting = scene.events.count {
      if case .file("config.json", .waiting, _, _) = $0 { true } else { false }
    }
    #expect(waiting == 1)
    scene.client.machine.wait = { _, _ in flock(lock, LOCK_UN) }
    try scene.fetch()
    close(lock)
    #expect(try scene.files["refs/main"] == FakeHub.commit)
    #expect(FileManager.default.fileExists(atPath: place.path(percentEncoded: false)))
  }

  @Test func twoAtOnceEndWithTheSameFiles() async throws {
    let hub = try FakeHub()
    let first = try Scene(hub)
    let variables = ["HF_HUB_CACHE": first.folder.path(percentEncoded: false)]
    let commits = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let scene = try Scene(hub, variables)
          scene.client.machine = .system
          return try scene.fetch().commit
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(commits == Array(repeating: FakeHub.commit, count: 4))
    let alone = try Scene(hub)
    try alone.fetch()
    #expect(try first.files == alone.files)
  }

  @Test func aCallerCanStopAndGoOn() throws {
    let scene = try Scene()
    scene.stopsAt = { event in
      if case .file(DamageTests.name, .receiving(1..., _), _, _) = event { true } else { false }
    }
    scene.hub.once(.store(DamageTests.name)) { $1.cut = 500 }
    #expect(scene.failure() == .cancelled(id: FakeHub.model))
    #expect(try scene.files["refs/main"] == nil)
    #expect(try scene.files[scene.blob(DamageTests.name) + ".incomplete"] != nil)
    scene.stopsAt = { _ in false }
    try scene.fetch()
    #expect(try scene.files["refs/main"] == FakeHub.commit)
  }

  @Test func aCallerCanStopWhileNothingComes() throws {
    let scene = try Scene(nil, ["HF_HUB_DOWNLOAD_TIMEOUT": "60", "HF_HUB_ETAG_TIMEOUT": "60"])
    scene.hub.always(.file("config.json")) { $1.isSilent = true }
    scene.stopsAt = { event in
      if case .file("config.json", .receiving, _, _) = event { true } else { false }
    }
    let start = ContinuousClock.now
    #expect(scene.failure() == .cancelled(id: FakeHub.model))
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(scene.waits.isEmpty)
  }
}
