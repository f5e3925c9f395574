// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathImage
import IsobathJSON
import IsobathTestSupport
import Testing

/// A safetensors file of reference values, which `images_reference.py` made.
struct Reference {
  /// A tensor and its bytes.
  struct Tensor {
    let shape: [Int]
    let bytes: [UInt8]

    var floats: [Float] {
      bytes.withUnsafeBytes { raw in
        (0..<(raw.count / 4)).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
      }
    }

    var ints: [Int] {
      bytes.withUnsafeBytes { raw in
        (0..<(raw.count / 4)).map { Int(raw.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)) }
      }
    }
  }

  let tensors: [String: Tensor]

  init(_ name: String) throws {
    let file = [UInt8](try Fixtures.data("images/\(name).safetensors"))
    let length = file[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try JSONDocument(Array(file[8..<(8 + length)])).root
    let start = 8 + length
    tensors = Dictionary(
      uniqueKeysWithValues: header.members.map { name, value in
        let shape = value["shape"]?.elements.compactMap(\.int) ?? []
        let range = value["data_offsets"]?.elements.compactMap(\.int) ?? []
        return (
          name, Tensor(shape: shape, bytes: Array(file[(start + range[0])..<(start + range[1])]))
        )
      })
  }

  subscript(name: String) -> Tensor {
    get throws { try #require(tensors[name], "no '\(name)'") }
  }
}

/// Pictures and descriptions of the fixtures.
enum Images {
  static func path(_ name: String) -> String { Fixtures.path("images/\(name)") }

  static func pixels(_ name: String, _ transparency: Transparency = .dropped) throws -> Pixels {
    try Pixels.read(path(name), transparency: transparency)
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Fixtures.data("images/\(name)"))
  }

  static func json(_ text: String) throws -> JSON { try JSONDocument(Array(text.utf8)).root }

  /// A picture whose every pixel is another.
  static func numbered(_ width: Int, _ height: Int) -> Pixels {
    let bytes = (0..<(3 * width * height)).map { UInt8(truncatingIfNeeded: $0 &* 7 + $0 / 11) }
    return Pixels(size: ImageSize(width: width, height: height), bytes: bytes, path: "numbered")
  }
}
