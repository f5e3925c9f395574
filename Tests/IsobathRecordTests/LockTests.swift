// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathTestSupport
import Testing

@Suite struct LockTests {
  private let folder: String

  init() throws { folder = try Fixtures.temporaryFolder().path(percentEncoded: false) }

  private func writer() throws -> RunWriter {
    try RunWriter(folder: folder, manifest: Samples.manifest(), sites: Samples.sites)
  }

  @Test func aSecondWriterIsRefusedAndToldWhoWrites() throws {
    let first = try writer()
    let error = #expect(throws: RecordError.self) { try writer() }
    guard case .locked(folder, let holder?) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(holder.process == Int(ProcessInfo.processInfo.processIdentifier))
    #expect(holder.host == ProcessInfo.processInfo.hostName || !holder.host.isEmpty)
    #expect(holder.started == "2026-01-02T03:04:05Z")
    let said = error.map { "\($0)" } ?? ""
    #expect(said.hasPrefix("'\(folder)' is being written by process \(holder.process) on "))
    #expect(said.hasSuffix("wait for it, end it, or give another folder"))

    #expect(try RunReader(folder: folder).completed == 0)
    try first.close()
    #expect(!Folder.exists(Folder.join(folder, "lock")))
    try writer().close()
  }

  @Test func aForgottenWriterLetsGo() throws {
    do { _ = try writer() }
    #expect(try writer().completed == 0)
  }

  /// What a killed process leaves behind stops nobody.
  @Test func aStaleLockFileIsTakenOver() throws {
    try AtomicFile.write(
      "{\"host\": \"elsewhere\", \"process\": 1, \"started\": \"long ago\"} and more and more",
      to: Folder.join(folder, "lock"))
    let first = try writer()
    let error = #expect(throws: RecordError.self) { try writer() }
    #expect("\(error.map { "\($0)" } ?? "")".contains("2026-01-02T03:04:05Z"))
    try first.close()
  }

  @Test(arguments: [
    "", "{", "{\"host\": 3}", "{\"host\": \"h\", \"process\": \"p\", \"started\": \"s\"}",
  ])
  func aHolderThatCannotBeReadIsStillAHolder(content: String) throws {
    let script = """
      import fcntl, sys
      lock = open("lock", "w")
      fcntl.flock(lock, fcntl.LOCK_EX)
      lock.write(sys.argv[1]); lock.flush()
      print("held", flush=True)
      sys.stdin.read()
      """
    let (process, release) = try hold(script, content)
    #expect(throws: RecordError.locked(folder: folder, holder: nil)) { try writer() }
    try release.close()
    process.waitUntilExit()
    try writer().close()
  }

  /// Starts Python and waits until it has the lock; closing the handle ends it.
  private func hold(_ script: String, _ content: String) throws -> (Process, FileHandle) {
    let process = Process()
    process.executableURL = URL(
      filePath: Fixtures.root.appending(path: ".build/python/bin/python").path(
        percentEncoded: false))
    process.arguments = ["-c", script, content]
    process.currentDirectoryURL = URL(filePath: folder)
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    #expect(!output.fileHandleForReading.availableData.isEmpty)
    return (process, input.fileHandleForWriting)
  }
}
