// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

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
}
