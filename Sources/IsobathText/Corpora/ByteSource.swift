// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A file's bytes, piece by piece.
protocol ByteSource: AnyObject {
  /// The next piece; empty at the end alone.
  func next() throws(TextError) -> [UInt8]
}

/// The bytes as they are stored.
final class FileBytes: ByteSource {
  private let path: String
  private let descriptor: Int32
  private static let piece = 1 << 18

  init(_ path: String) throws(TextError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileBytes.unreadable(path, errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func next() throws(TextError) -> [UInt8] {
    while true {
      var (got, problem) = (0, Int32(0))
      let piece = [UInt8](unsafeUninitializedCapacity: FileBytes.piece) { room, count in
        got = read(descriptor, room.baseAddress, room.count)
        problem = errno
        count = max(0, got)
      }
      if got >= 0 { return piece }
      guard problem == EINTR else { throw FileBytes.unreadable(path, problem) }
    }
  }

  private static func unreadable(_ path: String, _ problem: Int32) -> TextError {
    .unreadable(path: path, reason: String(cString: strerror(problem)))
  }
}

/// Text without the byte-order mark that may stand before it; packed data under the name of a text
/// are refused.
final class TextBytes: ByteSource {
  private let source: any ByteSource
  private let path: String
  private var isFirst = true

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let packings: [(start: [UInt8], packing: Packing)] = [
    ([0x1F, 0x8B], .gzip), ([0x28, 0xB5, 0x2F, 0xFD], .zstd),
  ]

  init(_ source: any ByteSource, path: String) {
    self.source = source
    self.path = path
  }

  func next() throws(TextError) -> [UInt8] {
    guard isFirst else { return try source.next() }
    isFirst = false
    var start: [UInt8] = []
    while start.count < 4 {
      let piece = try source.next()
      if piece.isEmpty { break }
      start += piece
    }
    if let packed = TextBytes.packings.first(where: { start.starts(with: $0.start) }) {
      throw .packed(path: path, packing: packed.packing, .unnamed)
    }
    guard start.starts(with: TextBytes.mark) else { return start }
    start.removeFirst(TextBytes.mark.count)
    return start.isEmpty ? try source.next() : start
  }
}
