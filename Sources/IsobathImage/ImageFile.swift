// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files read whole, up to a limit.
enum ImageFile {
  /// The bytes of a regular file.
  static func read(_ path: String, limit: Int) throws(ImageError) -> [UInt8] {
    // A pipe that nobody writes into would be waited for without O_NONBLOCK.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .missing(path: path) : .unreadable(path: path, reason: reason())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(path: path, reason: reason())
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let kind = status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is not a regular file"
      throw .unreadable(path: path, reason: kind)
    }
    let count = Int(status.st_size)
    guard count <= limit else { throw .fileTooLarge(path: path, bytes: count, limit: limit) }
    let bytes = contents(descriptor, count)
    guard bytes.count == count else {
      throw .unreadable(path: path, reason: "it changed while it was read; run again")
    }
    return bytes
  }

  /// As many bytes as come, at most `count`.
  private static func contents(_ descriptor: Int32, _ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let part = Foundation.read(
          descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
        if part < 0, errno == EINTR { continue }
        guard part > 0 else { break }
        filled += part
      }
    }
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
