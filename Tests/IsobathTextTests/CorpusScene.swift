// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

@testable import IsobathText

/// A folder for corpora that tests write.
struct CorpusScene {
  let folder: URL

  /// The texts of `Tests/Fixtures/corpora`.
  static let texts = [
    "the cat sat", "naïve café 😀", "rain over\nquiet hills", "she said \"so\", and left", "grass",
  ]

  init() throws { folder = try Fixtures.temporaryFolder("isobath-corpus") }

  static func fixture(_ name: String) -> String { Fixtures.path("corpora/\(name)") }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Data(text.utf8))
  }

  @discardableResult
  func write(_ name: String, _ bytes: Data) throws -> String {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
    return file.path(percentEncoded: false)
  }

  /// Checks that a corpus is refused in one line with these words.
  static func expectRefusal(
    _ options: CorpusOptions, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) {
    do throws(TextError) {
      _ = try Corpus.read(options)
      Issue.record("nothing was refused", sourceLocation: sourceLocation)
    } catch {
      let line = "\(error)"
      #expect(!line.contains("\n"), sourceLocation: sourceLocation)
      for word in words {
        #expect(line.contains(word), "no '\(word)' in: \(line)", sourceLocation: sourceLocation)
      }
    }
  }
}
