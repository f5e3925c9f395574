// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathTestSupport
import Testing

@Suite struct AtomicFileTests {
  private let folder: URL
  private var path: String { folder.appending(path: "file.txt").path(percentEncoded: false) }

  init() throws { folder = try Fixtures.temporaryFolder() }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
  }

  @Test func aFileIsReplacedAsAWhole() throws {
    try AtomicFile.write("old", to: path)
    var file = try AtomicFile(path)
    try file.write("new, ")
    try file.write(String(repeating: "x", count: 1_000_000))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    try file.commit()
    #expect(try String(contentsOfFile: path, encoding: .utf8).count == 1_000_005)
    #expect(try names() == ["file.txt"])
  }

  @Test func aFileThatIsGivenUpLeavesNothing() throws {
    try AtomicFile.write("old", to: path)
    do {
      var file = try AtomicFile(path)
      try file.write(String(repeating: "x", count: 1_000_000))
      #expect(try names().count == 2)
    }
    #expect(try names() == ["file.txt"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
  }

  @Test func twoFilesAtOnceDoNotMeet() throws {
    var first = try AtomicFile(path)
    var second = try AtomicFile(path)
    try first.write("first")
    try second.write("second")
    try first.commit()
    try second.commit()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
  }

  @Test func aNameOf255BytesHasRoom() throws {
    let name = String(repeating: "n", count: 255)
    try AtomicFile.write("x", to: folder.appending(path: name).path(percentEncoded: false))
    #expect(try names() == [name])
  }

  @Test func whatCannotBeMadeIsSaid() throws {
    let inside = Folder.join(path, "inside")
    let far = folder.appending(path: "no/such/file").path(percentEncoded: false)
    let here = folder.path(percentEncoded: false)
    try AtomicFile.write("x", to: path)
    #expect(throws: RecordError.cannotCreate(path: inside, .notFolder)) {
      try AtomicFile.write("x", to: inside)
    }
    #expect(throws: RecordError.cannotCreate(path: far, .missing)) {
      try AtomicFile.write("x", to: far)
    }
    #expect(throws: RecordError.cannotCreate(path: here, .isFolder)) {
      try AtomicFile.write("x", to: here)
    }
    #expect(throws: RecordError.cannotCreate(path: path + "\0.txt", .badName)) {
      try AtomicFile.write("x", to: path + "\0.txt")
    }
    #expect(
      throws: RecordError.cannotCreate(
        path: path + String(repeating: "n", count: 255), .nameTooLong)
    ) {
      try AtomicFile.write("x", to: path + String(repeating: "n", count: 255))
    }
    #expect(throws: RecordError.cannotCreate(path: path, .exists)) { try Folder.create(inside) }
    #expect(throws: RecordError.cannotCreate(path: path, .exists)) { try Folder.create(path) }
    #expect(try names() == ["file.txt"])
  }

  @Test func foldersAreMadeWithThoseAboveThem() throws {
    let deep = folder.appending(path: "a/b/c/").path(percentEncoded: false)
    try Folder.create(deep)
    try Folder.create(deep)
    #expect(Folder.isFolder(deep))
  }

  @Test(arguments: [
    ("SmolLM2-135M", "SmolLM2-135M"), ("../../etc/passwd", "etc-passwd"), ("-rf", "rf"),
    (".hidden", "hidden"), ("a b\n\"c\"", "a-b--c-"), ("", "unnamed"), ("///", "unnamed"),
    ("naïve", "na-ve"), ("a\0b", "a-b"),
    (String(repeating: "x", count: 300), String(repeating: "x", count: 100)),
  ])
  func namesFromOutsideBecomeHarmless(text: String, name: String) {
    #expect(Folder.safeName(text) == name)
  }

  @Test(arguments: [
    ("a/b", "a", "b"), ("/b", "/", "b"), ("b", ".", "b"), ("/a/b/c.txt", "/a/b", "c.txt"),
  ])
  func pathsHaveTwoParts(path: String, parent: String, name: String) {
    #expect(Folder.parent(of: path) == parent)
    #expect(Folder.name(of: path) == name)
  }
}
