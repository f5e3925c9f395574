// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes float32 tensors whose shapes are known beforehand, in any order, from several threads.
///
/// The file is written beside its place and moved there when complete.
package final class SafetensorsWriter: Sendable {
  private let path: String
  private let partial: String
  private let descriptor: Int32
  /// Where each tensor begins and how many elements it has.
  private let places: [String: (offset: Int, count: Int)]

  /// - Parameters:
  ///   - path: where the file will be.
  ///   - tensors: names and shapes, in the order of the file.
  package init(_ path: String, tensors: [(name: String, shape: [Int])]) throws(WriteError) {
    self.path = path
    partial = path + ".partial-\(getpid())"
    var entries: [(String, JSONValue)] = [
      ("__metadata__", .object([("format", .string("pt")), ("writer", .string("isobath"))]))
    ]
    var places: [String: (offset: Int, count: Int)] = [:]
    var offset = 0
    for (name, shape) in tensors {
      let count = shape.reduce(1, *)
      places[name] = (offset, count)
      let range = JSONValue.array([.int(offset), .int(offset + 4 * count)])
      entries.append(
        (
          name,
          .object([
            ("dtype", .string("F32")), ("shape", .array(shape.map { .int($0) })),
            ("data_offsets", range),
          ])
        ))
      offset += 4 * count
    }
    var header = Array(JSONValue.object(entries).serialized().utf8)
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
    let start = 8 + header.count
    self.places = places.mapValues { ($0.offset + start, $0.count) }
    descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw WriteError.create(path: path, reason: WriteError.reason) }
    let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
    try (length + header).withUnsafeBufferPointer { bytes throws(WriteError) in
      try write(UnsafeRawBufferPointer(bytes), at: 0)
    }
  }

  /// Writes one tensor's elements.
  package func write(_ name: String, _ elements: UnsafeBufferPointer<Float>) throws(WriteError) {
    guard let place = places[name], place.count == elements.count else {
      preconditionFailure("'\(name)' with \(elements.count) elements was not announced")
    }
    try write(UnsafeRawBufferPointer(elements), at: place.offset)
  }

  /// Makes the file appear at its place.
  package func finish() throws(WriteError) {
    guard fsync(descriptor) == 0, close(descriptor) == 0, rename(partial, path) == 0 else {
      throw WriteError.write(path: path, reason: WriteError.reason)
    }
  }

  /// Removes what was written.
  package func abandon() {
    close(descriptor)
    unlink(partial)
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(WriteError) {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let written = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw WriteError.write(path: path, reason: WriteError.reason) }
      done += written
    }
  }
}

/// Why a file could not be written.
package enum WriteError: Error, Equatable, Sendable {
  case create(path: String, reason: String)
  case write(path: String, reason: String)

  static var reason: String { String(cString: strerror(errno)) }
}

extension WriteError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .create(let path, let reason): "\(path): cannot be created: \(reason)"
    case .write(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}
