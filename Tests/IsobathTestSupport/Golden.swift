// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Compares text that a reader sees with the file that holds it.
///
/// `RECORD=1` rewrites the file and still fails that run, so that nobody records by accident.
package func expectGolden(
  _ text: String, _ file: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = URL(filePath: Fixtures.path("Golden/\(file)"))
  if ProcessInfo.processInfo.environment["RECORD"] == "1" {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    Issue.record(
      "recorded \(file): read the difference, then run again", sourceLocation: sourceLocation)
    return
  }
  let expected = try String(contentsOf: url, encoding: .utf8)
  guard text != expected else { return }
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let line =
    zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    ?? min(new.count, old.count)
  let shown = line < new.count ? String(new[line]) : "<end>"
  let wanted = line < old.count ? String(old[line]) : "<end>"
  Issue.record(
    "\(file) differs from line \(line + 1): got '\(shown)', the file has '\(wanted)'",
    sourceLocation: sourceLocation)
}
