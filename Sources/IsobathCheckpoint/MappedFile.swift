// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file's bytes, mapped into memory and read only inside their bounds.
///
/// A file that shrinks under its mapping would kill the process (SIGBUS): the size and time of the
/// last change are compared with those at opening before each tensor is read.
final class MappedFile: @unchecked Sendable {
  let path: String
  let count: Int
  let base: UnsafeRawPointer
  private let descriptor: Int32
  private let modified: timespec

  init(_ path: String) throws(CheckpointError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? .missing(path: path, needed: "check the path")
        : .unreadable(path: path, reason: MappedFile.reason())
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let reason = status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : MappedFile.reason()
      close(descriptor)
      throw .unreadable(path: path, reason: reason)
    }
    count = Int(status.st_size)
    modified = MappedFile.time(status)
    guard count > 0 else {
      base = UnsafeRawPointer(MappedFile.nothing)
      return
    }
    guard let map = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), map != MAP_FAILED
    else {
      let reason = MappedFile.reason()
      close(descriptor)
      throw .unreadable(path: path, reason: reason)
    }
    base = UnsafeRawPointer(map)
  }

  deinit {
    if count > 0 { munmap(UnsafeMutableRawPointer(mutating: base), count) }
    close(descriptor)
  }

  /// Where an empty file's no bytes are: mmap refuses them.
  nonisolated(unsafe) private static let nothing = UnsafeMutableRawPointer.allocate(
    byteCount: 1, alignment: 1)

  /// Bytes of the file; the range must be inside it.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) of \(count) bytes")
    return UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// Throws when the file is no longer what was opened.
  func checkUnchanged() throws(CheckpointError) {
    var status = stat()
    let now = fstat(descriptor, &status) == 0 ? MappedFile.time(status) : timespec()
    guard Int(status.st_size) == count, now.tv_sec == modified.tv_sec,
      now.tv_nsec == modified.tv_nsec
    else { throw .changed(path: path) }
  }

  private static func time(_ status: stat) -> timespec {
    #if canImport(Glibc)
    status.st_mtim
    #else
    status.st_mtimespec
    #endif
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
