// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Where the tests' files are.
package enum Fixtures {
  /// The top of the package.
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `Tests/Fixtures/<path>`.
  package static func path(_ path: String) -> String {
    root.appending(path: "Tests/Fixtures/\(path)").path(percentEncoded: false)
  }

  package static func data(_ path: String) throws -> Data {
    try Data(contentsOf: URL(filePath: self.path(path)))
  }

  /// A new empty folder, removed by nobody: the system's temporary folder takes care of it.
  package static func temporaryFolder(_ name: String = "isobath") throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "\(name)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A copy of a tiny checkpoint whose configuration says something else.
  ///
  /// - Returns: the copy's folder.
  package static func altered(_ name: String, _ old: String, _ new: String) throws -> String {
    let folder = try temporaryFolder()
    let origin = path("tiny/\(name)/")
    try FileManager.default.copyItem(
      atPath: origin + "model.safetensors",
      toPath: folder.appending(path: "model.safetensors").path)
    let text = try String(contentsOfFile: origin + "config.json", encoding: .utf8)
    #expect(text.contains(old))
    try text.replacing(old, with: new).write(
      to: folder.appending(path: "config.json"), atomically: true, encoding: .utf8)
    return folder.path
  }
}
