// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport

/// The command as a user has it: `.build/release/isobath`, run in a process of its own.
enum Command {
  /// What one call of the command did.
  struct Outcome: Sendable {
    /// The exit code, or the signal's number when a signal ended it.
    let status: Int32
    let endedBySignal: Bool
    /// Standard output.
    let output: String
    /// Standard error.
    let messages: String

    var messageLines: [Substring] { messages.split(separator: "\n") }
  }

  /// Nothing was built.
  struct NotBuilt: Error, CustomStringConvertible {
    let path: String
    var description: String { "no '\(path)': run make test" }
  }

  static func path() throws -> URL {
    let path = Fixtures.root.appending(path: ".build/release/isobath")
    guard FileManager.default.isExecutableFile(atPath: path.text) else {
      throw NotBuilt(path: path.text)
    }
    return path
  }

  /// Runs the command to its end.
  ///
  /// - Parameters:
  ///   - folder: the working folder, a new one by default.
  ///   - environment: variables beside those that keep every call off the network.
  static func run(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    try Running(arguments, in: folder, environment: environment).wait()
  }

  /// The same, for a call that must succeed.
  static func succeed(_ arguments: [String], in folder: URL? = nil) throws -> Outcome {
    let outcome = try run(arguments, in: folder)
    guard outcome.status == 0, !outcome.endedBySignal else {
      throw Unsuccessful(arguments: arguments, outcome: outcome)
    }
    return outcome
  }

  /// A call that was to succeed did not.
  struct Unsuccessful: Error, CustomStringConvertible {
    let arguments: [String]
    let outcome: Outcome
    var description: String {
      "isobath \(arguments.joined(separator: " ")) ended with \(outcome.status): "
        + outcome.messages
    }
  }
}

/// A call of the command that may still be at work.
final class Running {
  private let process = Process()
  private let output: URL
  private let messages: URL

  init(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
  ) throws {
    let place = try Fixtures.temporaryFolder("isobath-call")
    output = place.appending(path: "stdout")
    messages = place.appending(path: "stderr")
    // Files take any amount of output; pipes would have to be emptied meanwhile.
    for file in [output, messages] { try Data().write(to: file) }
    process.executableURL = try Command.path()
    process.arguments = arguments
    let alone = ["HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": place.appending(path: "cache").text]
    process.environment = ProcessInfo.processInfo.environment
      .merging(alone) { $1 }.merging(environment) { $1 }
    process.currentDirectoryURL = try folder ?? Fixtures.temporaryFolder("isobath-work")
    process.standardInput = FileHandle.nullDevice
    let handles = try [output, messages].map { try FileHandle(forWritingTo: $0) }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    try process.run()
    for handle in handles { try handle.close() }
  }

  var identifier: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  /// Sends a signal to this process alone.
  func send(_ signal: Int32) {
    if process.isRunning { kill(process.processIdentifier, signal) }
  }

  /// Waits until the command has said a word on stderr, half a minute at the most.
  ///
  /// - Returns: whether it was said.
  func waits(for words: String) throws -> Bool {
    for _ in 0..<3000 {
      if try text(messages).contains(words) { return true }
      guard process.isRunning else { return try text(messages).contains(words) }
      Thread.sleep(forTimeInterval: 0.01)
    }
    return false
  }

  func wait() throws -> Command.Outcome {
    process.waitUntilExit()
    return Command.Outcome(
      status: process.terminationStatus,
      endedBySignal: process.terminationReason == .uncaughtSignal,
      output: try text(output), messages: try text(messages))
  }

  private func text(_ file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}

extension URL {
  /// The path as a user types it.
  var text: String { path(percentEncoded: false) }
}
