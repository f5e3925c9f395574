// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathLinear
import IsobathTestSupport
import Testing

/// SmolLM2-135M-Instruct's states of one document at entries 0, 11, 12, 20 and 30; 12 has the sink.
struct RealStates {
  let tokens: Int
  let width: Int
  private let values: [Float]

  init() throws {
    let expected = try JSONDocument(Array(Fixtures.data("measures/expected.json"))).root
    tokens = try #require(expected["tokens"]?.int)
    width = try #require(expected["width"]?.int)
    values = try Fixtures.data("measures/states.bin").withUnsafeBytes { bytes in
      (0..<(bytes.count / 4)).map {
        Float(bitPattern: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self).littleEndian)
      }
    }
  }

  subscript(index: Int) -> Matrix {
    let size = tokens * width
    return Matrix(tokens, width, Array(values[(index * size)..<((index + 1) * size)]))
  }
}
