// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The small files and the folders of the cache.
enum SmallFile {
  /// A whole file, nil when there is none.
  static func read(_ path: String, limit: Int) throws(HubError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .cache(path: path, .unreadable(code: errno))
    }
    defer { close(descriptor) }
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { throw .cache(path: path, .unreadable(code: errno)) }
    guard found.st_mode & S_IFMT == S_IFREG else { throw .cache(path: path, .notAFile) }
    guard found.st_size <= limit else { throw .cache(path: path, .unreadable(code: EFBIG)) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = part.withUnsafeMutableBytes {
        #if canImport(Darwin)
        Darwin.read(descriptor, $0.baseAddress, $0.count)
        #else
        Glibc.read(descriptor, $0.baseAddress, $0.count)
        #endif
      }
      if count == 0 { return bytes }
      if count > 0 {
        bytes += part[..<count]
      } else if errno != EINTR {
        throw .cache(path: path, .unreadable(code: errno))
      }
    }
    throw .cache(path: path, .unreadable(code: EFBIG))
  }

  /// A file that appears whole or not at all.
  static func replace(_ path: String, with text: String) throws(HubError) {
    try makeFolder(parent(of: path))
    // Another process may write the same file at the same time, and so may another thread of this one.
    let mark = String(UInt64.random(in: .min ... .max), radix: 36)
    let temporary = "\(path).\(mark).tmp"
    try PartialFile(temporary).withBytes(text)
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw .cannotWrite(path: path, code: code)
    }
    syncFolder(parent(of: path))
  }

  static func exists(_ path: String) -> Bool {
    var found = stat()
    return stat(path, &found) == 0
  }

  /// A file's size, nil when there is none.
  static func size(_ path: String) -> Int? {
    var found = stat()
    guard stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(found.st_size)
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws(HubError) {
    var found = stat()
    if stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFDIR { return }
    let above = parent(of: path)
    if above != path { try makeFolder(above) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST && exists(path) else {
      throw .cannotWrite(path: path, code: errno)
    }
  }

  /// What stands before the last slash; `.` for a bare name, `/` for the top.
  static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Brings a folder's entries to the device; file systems that cannot do it need not.
  static func syncFolder(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Where a path leads when every link is followed; nil when it leads nowhere.
  static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// What a link says, for a message.
  static func linkTarget(_ path: String) -> String {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = bytes.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map {
        readlink(path, $0.assumingMemoryBound(to: CChar.self), buffer.count)
      } ?? 0
    }
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }
}
