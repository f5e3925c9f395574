// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// What the house does not do, read from the sources.
@Suite struct Habits {
  let sources = SourceTree.swiftFiles(under: "Sources")

  /// Errors are data: nothing is swallowed.
  @Test(arguments: ["try?", "try!", "catch {}", "fatalError(", "TODO", "FIXME", ".addingProduct"])
  func sourcesDoNotSay(_ phrase: String) {
    for file in sources {
      for (number, line) in file.lines.enumerated() where line.contains(phrase) {
        let text = line.trimmingPrefix { $0 == " " }
        if text.hasPrefix("//") { continue }
        Issue.record("\(file.path):\(number + 1) says '\(phrase)'")
      }
    }
  }

  /// Every test runs: a skip needs a reason that nobody has found yet.
  @Test func noTestIsSkipped() {
    let skip = ".disabled" + "("
    for file in SourceTree.swiftFiles(under: "Tests") {
      #expect(!file.lines.contains { $0.contains(skip) }, "\(file.path) skips a test")
    }
  }
}
