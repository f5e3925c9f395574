// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The Python that stands for the readers of our files: `Scripts/test-python` installs it.
package enum Python {
  /// What a program said.
  package struct Outcome: Sendable {
    package let status: Int32
    /// Standard output and standard error together.
    package let output: String
  }

  /// No environment is there: run `Scripts/test-python`, as `make test` does.
  package struct NotInstalled: Error, CustomStringConvertible {
    package let path: String
    package var description: String { "no '\(path)': run Scripts/test-python first" }
  }

  /// The folder of the environment's programs, `duckdb` among them.
  package static func programs() throws -> String {
    let folder = Fixtures.root.appending(path: ".build/python/bin").path(percentEncoded: false)
    guard FileManager.default.isExecutableFile(atPath: folder + "/duckdb") else {
      throw NotInstalled(path: folder + "/duckdb")
    }
    return folder
  }

  /// Runs Python with these arguments.
  ///
  /// - Parameter folder: the working folder.
  package static func run(_ arguments: [String], in folder: URL) throws -> Outcome {
    let python = Fixtures.root.appending(path: ".build/python/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path(percentEncoded: false)) else {
      throw NotInstalled(path: python.path(percentEncoded: false))
    }
    // A file takes any amount of output; a pipe would have to be emptied meanwhile.
    let log = try Fixtures.temporaryFolder("isobath-python").appending(path: "output")
    try Data().write(to: log)
    let output = try FileHandle(forWritingTo: log)
    let process = Process()
    process.executableURL = python
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    try output.close()
    return Outcome(
      status: process.terminationStatus, output: try String(contentsOf: log, encoding: .utf8))
  }
}
