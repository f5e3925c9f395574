// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

/// A call that must be refused, and how.
struct Refusal: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The exit code.
  let code: Int32
  /// What the message must say.
  let says: [String]
  /// The call, in a folder with the model in `model` and three texts in `corpus.jsonl`.
  let call: [String]
  /// Spoils what is in the folder.
  let spoil: @Sendable (TinyModel, URL) throws -> Void

  /// A survey that writes to `run`, as far as it comes.
  static let survey = ["survey", "model", "--corpus", "corpus.jsonl", "--output", "run", "--quiet"]

  init(
    _ name: String, _ code: Int32, _ says: [String], _ call: [String] = survey,
    fixture: String = "llama-gqa-tied",
    spoil: @escaping @Sendable (TinyModel, URL) throws -> Void = { _, _ in }
  ) {
    testDescription = name
    self.code = code
    self.says = says
    self.call = call
    self.fixture = fixture
    self.spoil = spoil
  }

  private let fixture: String

  /// Variables of the environment.
  var environment: [String: String] = [:]

  /// Makes the call and checks that it ends in order: one line, the right code, nothing left.
  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let work = try Fixtures.temporaryFolder("isobath-refusal")
    let model = try TinyModel(fixture, in: work)
    _ = try Texts.write(Texts.documents(3), in: work)
    try spoil(model, work)
    let before = try Refusal.files(in: work)
    let outcome = try Command.run(call, in: work, environment: environment)
    let messages = outcome.messages
    #expect(
      !outcome.endedBySignal, "ended by signal \(outcome.status)", sourceLocation: sourceLocation)
    #expect(outcome.status == code, "\(messages)", sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    for words in says {
      #expect(
        messages.contains(words), "'\(words)' is not in: \(messages)",
        sourceLocation: sourceLocation)
    }
    // The argument parser adds the usage to its line.
    let isUsage = code == 64 && messages.hasPrefix("Error: ")
    if !isUsage {
      #expect(messages.hasPrefix("isobath: "), "\(messages)", sourceLocation: sourceLocation)
      #expect(outcome.messageLines.count == 1, "\(messages)", sourceLocation: sourceLocation)
    }
    #expect(
      try Refusal.files(in: work) == before, "files were left", sourceLocation: sourceLocation)
  }

  private static func files(in folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.text).sorted()
  }
}
