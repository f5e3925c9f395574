// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathTestSupport
import Testing

/// A folder of files that a test writes.
struct Scratch {
  let folder: URL

  init() throws { folder = try Fixtures.temporaryFolder("isobath-checkpoint") }

  func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  /// Writes a file and returns its path.
  @discardableResult func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: folder.appending(path: name))
    return path(name)
  }

  @discardableResult func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }
}

/// The error of something that must fail with a `CheckpointError`; nil, and a failed test, otherwise.
func refusal<T>(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws(CheckpointError) -> T
) -> CheckpointError? {
  do throws(CheckpointError) {
    _ = try body()
    Issue.record("nothing was refused", sourceLocation: sourceLocation)
    return nil
  } catch {
    return error
  }
}

/// Fails unless the sentence names the file and says each part.
func expectSentence(
  _ error: CheckpointError?, names path: String, says parts: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let sentence = error?.description ?? ""
  for part in [path] + parts {
    #expect(
      sentence.contains(part), "'\(sentence)' does not say '\(part)'",
      sourceLocation: sourceLocation)
  }
}

extension FixedWidthInteger {
  /// The bytes of the number, the lowest first.
  var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
}

/// The same numbers everywhere. https://prng.di.unimi.it/splitmix64.c
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
