// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file that is being written and gets its name when it is whole.
final class PartialFile {
  let path: String
  private(set) var bytes: Int
  private let descriptor: Int32
  private let writing: (Int32, UnsafeRawBufferPointer) -> Int

  /// Opens what an earlier try left, or makes a new file. A link is not followed.
  init(
    _ path: String,
    write: @escaping (Int32, UnsafeRawBufferPointer) -> Int = HubMachine.system.write
  ) throws(HubError) {
    self.path = path
    writing = write
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    descriptor = open(path, flags, 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, code: errno) }
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .cannotWrite(path: path, code: EEXIST)
    }
    bytes = Int(found.st_size)
    try goToEnd()
  }

  deinit { close(descriptor) }

  /// Adds to the end.
  func append(_ part: UnsafeRawBufferPointer) throws(HubError) {
    var done = 0
    while done < part.count {
      let written = writing(descriptor, UnsafeRawBufferPointer(rebasing: part[done...]))
      if written > 0 {
        done += written
        bytes += written
      } else if written == 0 || errno != EINTR {
        throw .cannotWrite(path: path, code: written == 0 ? ENOSPC : errno)
      }
    }
  }

  /// Forgets what is there.
  func clear() throws(HubError) {
    guard ftruncate(descriptor, 0) == 0 else { throw .cannotWrite(path: path, code: errno) }
    bytes = 0
    try goToEnd()
  }

  /// The next bytes go behind those that are there.
  private func goToEnd() throws(HubError) {
    guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw .cannotWrite(path: path, code: errno) }
  }

  /// Brings the content to the device.
  func sync() throws(HubError) {
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .cannotWrite(path: path, code: errno)
    }
  }

  func remove() { unlink(path) }

  /// A small file's whole content, written and brought to the device.
  func withBytes(_ text: String) throws(HubError) {
    try clear()
    try Array(text.utf8).withUnsafeBufferPointer { bytes throws(HubError) in
      try append(UnsafeRawBufferPointer(bytes))
    }
    try sync()
  }

  /// The content's digest, read from the file; nil when the caller wants to stop.
  func digest(
    as other: ContentDigest, isCancelled: () -> Bool
  ) throws(HubError) -> ContentDigest? {
    var hash = DigestOfSameKind(as: other, bytes: bytes)
    let part = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { part.deallocate() }
    var at = 0
    while at < bytes {
      if isCancelled() { return nil }
      let count = pread(descriptor, part.baseAddress, min(part.count, bytes - at), off_t(at))
      if count > 0 {
        hash.update(UnsafeRawBufferPointer(rebasing: part[..<count]))
        at += count
      } else if count == 0 || errno != EINTR {
        throw .cannotWrite(path: path, code: count == 0 ? EIO : errno)
      }
    }
    return hash.digest
  }
}
