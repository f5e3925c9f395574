// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Numbers as bytes, the lowest byte first whatever the machine.
enum Blob {
  static func bytes(_ numbers: [Int32]) -> [UInt8] {
    flatten(numbers, width: 4) { UInt64(UInt32(bitPattern: $0)) }
  }

  static func data(_ numbers: [Int32]) -> Data { Data(bytes(numbers)) }

  static func data(_ numbers: [Float]) -> Data {
    Data(flatten(numbers, width: 4) { UInt64($0.bitPattern) })
  }

  static func data(_ numbers: [Double]) -> Data {
    Data(flatten(numbers, width: 8) { $0.bitPattern })
  }

  /// nil when the length is not a whole number of values.
  static func integers(_ data: Data) -> [Int32]? {
    gather(data, width: 4) { Int32(bitPattern: UInt32($0)) }
  }

  static func floats(_ data: Data) -> [Float]? {
    gather(data, width: 4) { Float(bitPattern: UInt32($0)) }
  }

  static func doubles(_ data: Data) -> [Double]? {
    gather(data, width: 8) { Double(bitPattern: $0) }
  }

  private static func flatten<Number>(
    _ numbers: [Number], width: Int, _ pattern: (Number) -> UInt64
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: numbers.count * width) { bytes, count in
      for (index, number) in numbers.enumerated() {
        let bits = pattern(number)
        for byte in 0..<width {
          bytes[index * width + byte] = UInt8(truncatingIfNeeded: bits >> (8 * UInt64(byte)))
        }
      }
      count = numbers.count * width
    }
  }

  private static func gather<Number>(
    _ data: Data, width: Int, _ number: (UInt64) -> Number
  ) -> [Number]? {
    guard data.count.isMultiple(of: width) else { return nil }
    return data.withUnsafeBytes { bytes in
      (0..<data.count / width).map { index in
        var bits: UInt64 = 0
        for byte in 0..<width { bits |= UInt64(bytes[index * width + byte]) << (8 * UInt64(byte)) }
        return number(bits)
      }
    }
  }
}
