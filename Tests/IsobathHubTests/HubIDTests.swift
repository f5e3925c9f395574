// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathHub
import IsobathJSON
import IsobathTestSupport
import Testing

@Suite struct HubIDTests {
  private static let commit = "0123456789abcdef0123456789abcdef01234567"

  /// The same names that Python's client takes, and no others.
  @Test func namesAreThoseOfTheReference() throws {
    let rows = try JSONDocument(Array(Fixtures.data("hub/names.json"))).root.elements
    #expect(rows.count > 40)
    for row in rows {
      let name = try #require(row["name"]?.string)
      let isValid = row["valid"]?.bool == true
      do throws(HubError) {
        let id = try HubID(name)
        #expect(isValid, "\(name.debugDescription)")
        #expect(id.name == name && id.revision == "main" && id.file == nil)
      } catch {
        #expect(!isValid, "\(name.debugDescription): \(error)")
      }
    }
  }

  @Test(
    arguments: [
      ("org/name@v1.0", "org/name", "v1.0", nil),
      ("gpt2@refs/pr/3", "gpt2", "refs/pr/3", nil),
      ("org/name@\(commit)", "org/name", commit, nil),
      ("org/name:model.gguf", "org/name", "main", "model.gguf"),
      ("org/name@v2:Q4/model.Q4_K.GGUF", "org/name", "v2", "Q4/model.Q4_K.GGUF"),
      ("org/name@main:model.gguf", "org/name", "main", "model.gguf"),
      ("org/name.gguf@main", "org/name.gguf", "main", nil),
    ] as [(String, String, String, String?)])
  func parses(text: String, name: String, revision: String, file: String?) throws {
    let id = try HubID(text)
    #expect(id.name == name)
    #expect(id.revision == revision)
    #expect(id.file == file)
    #expect(id.isPinned == (revision == HubIDTests.commit))
    #expect(try HubID("\(id)") == id)
  }

  @Test(arguments: [
    "", "/", "/models/gpt2", "./gpt2", "../gpt2", "~/gpt2", "models/gpt2/", ".", "..",
    "model.gguf", "models/model.GGUF", "a/b/c", "org/na me", "org/name@", "org/name@a b",
    "org/name@../x", "org/name@/x", "org/name@x/", "org/name@x//y", "org/name@x..y",
    "org/name@.x", "org/name@x.lock", "org/name@a@{b", "org/name@a\u{0}b", "org/name@a\nb",
    "org/name@a\\b", "org/name@a*", "org/name@-x", "org/name:", "org/name:model.bin",
    "org/name:../model.gguf", "org/name:/model.gguf", "org/name:a//b.gguf", "org/name:a\\b.gguf",
    "org/name:a\u{0}.gguf", "@main", ":model.gguf",
    "org/name@" + String(repeating: "x", count: 201),
  ])
  func refuses(text: String) {
    let error = #expect(throws: HubError.self) { try HubID(text) }
    guard case .notAModel(text, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains("is not a folder, not a .gguf file and not a hub id"))
    #expect(!message.contains("\n") && !message.contains("\0"))
  }

  @Test func anOptionMustNotContradictTheID() throws {
    #expect(try HubID("a/b", revision: "v1").revision == "v1")
    #expect(try HubID("a/b@v1", revision: "v1").revision == "v1")
    #expect(throws: HubError.twoRevisions("v1", "v2")) { try HubID("a/b@v1", revision: "v2") }
    #expect(throws: HubError.self) { try HubID("a/b", revision: "../v2") }
    #expect(try HubID("a/b.gguf", revision: "main").name == "a/b.gguf")
  }
}
