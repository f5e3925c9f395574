// SPDX-License-Identifier: GPL-3.0-or-later
@testable import IsobathCheckpoint

/// What harnesses do with a checkpoint.
public enum Reading {
  /// Larger tensors are described and not loaded.
  private static let most = 1 << 16

  /// Fails unless a refusal is one line that a terminal may show.
  public static func check(_ refusal: some Error) {
    let sentence = "\(refusal)"
    let isLine = sentence.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    precondition(!sentence.isEmpty && isLine, "not one line: \(sentence)")
  }

  /// Loads every tensor of a source, and reads it as it is stored.
  static func load(_ source: TensorSource) throws(CheckpointError) {
    var room = [Float](repeating: 0, count: most)
    for tensor in source.tensors.values where (1...most).contains(tensor.count) {
      _ = try source.stored(tensor)
      guard tensor.type.convert != nil else { continue }
      try source.load(tensor, rows: 0..<(tensor.shape.first ?? 1), into: &room)
    }
  }

  /// Opens and loads a file of weights; the input is refused or it is read.
  static func read(
    _ path: String, _ open: (String) throws(CheckpointError) -> TensorSource
  ) {
    do throws(CheckpointError) { try load(try open(path)) } catch { check(error) }
  }
}
