// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

// usage: TokenizerBenchmark ISOBATH MODEL TEXTS.json REPEATS
// Times `isobath tokenize` on one thread and prints one JSON object per line: what, bytes, seconds,
// megabytes per second. Starting and loading are timed with no text and taken off the second line.

let arguments = CommandLine.arguments
guard arguments.count == 5, let repeats = Int(arguments[4]), repeats > 0 else {
  print("usage: TokenizerBenchmark ISOBATH MODEL TEXTS.json REPEATS")
  exit(64)
}
let texts = try JSONDecoder().decode(
  [String].self, from: Data(contentsOf: URL(filePath: arguments[3])))
let bytes = texts.reduce(0) { $0 + $1.utf8.count }

struct Failed: Error, CustomStringConvertible {
  let status: Int32
  var description: String { "isobath tokenize ended with \(status)" }
}

/// The seconds that one run takes, its output dropped.
func seconds(_ file: String) throws -> Double {
  let process = Process()
  process.executableURL = URL(filePath: arguments[1])
  process.arguments = ["tokenize", arguments[2], "--file", file, "--json"]
  process.standardOutput = FileHandle.nullDevice
  let start = ContinuousClock.now
  try process.run()
  process.waitUntilExit()
  let spent = (ContinuousClock.now - start).components
  guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
  return Double(spent.seconds) + Double(spent.attoseconds) / 1e18
}

func report(_ what: String, _ times: [Double], _ bytes: Int, less: Double) {
  let list = times.map { String(format: "%.4f", $0) }.joined(separator: ", ")
  let median = times.sorted()[times.count / 2] - less
  let rate = bytes == 0 ? "null" : String(format: "%.1f", Double(bytes) / median / 1e6)
  print(
    "{\"what\": \"\(what)\", \"bytes\": \(bytes), \"seconds\": [\(list)], "
      + "\"megabytes_per_second\": \(rate)}")
}

let empty = FileManager.default.temporaryDirectory.appending(path: "isobath-no-texts.json")
try Data("[]".utf8).write(to: empty)
let starts = try (0..<repeats).map { _ in try seconds(empty.path(percentEncoded: false)) }
report("isobath tokenize, no text", starts, 0, less: 0)
let runs = try (0..<repeats).map { _ in try seconds(arguments[3]) }
report("isobath tokenize", runs, bytes, less: starts.sorted()[repeats / 2])
