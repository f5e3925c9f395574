// SPDX-License-Identifier: GPL-3.0-or-later
#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// An open file, closed when it goes out of scope. Errors are errno values as `SystemFault`.
struct Descriptor: ~Copyable {
  private let number: Int32

  enum Access {
    case read
    case write
    /// Write; the file must not exist yet.
    case create
    /// Read and write; made if it does not exist.
    case lock
    case folder

    fileprivate var flags: Int32 {
      switch self {
      case .read: O_RDONLY
      case .write: O_WRONLY
      case .create: O_WRONLY | O_CREAT | O_EXCL
      case .lock: O_RDWR | O_CREAT
      case .folder: O_RDONLY | O_DIRECTORY
      }
    }
  }

  init(_ path: String, _ access: Access) throws(SystemFault) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .badName }
    number = try retried { open(path, access.flags | O_CLOEXEC, 0o666) }
  }

  deinit { close(number) }

  /// Closes, and says so when that is when the system finds out that it could not write.
  consuming func closed() throws(SystemFault) {
    let number = number
    discard self
    guard close(number) == 0 else { throw SystemFault(errno: errno) }
  }

  func write(_ bytes: [UInt8]) throws(SystemFault) {
    let number = number
    var done = 0
    while done < bytes.count {
      done += try retried {
        bytes[done...].withUnsafeBytes { rest in
          #if canImport(Darwin)
          Darwin.write(number, rest.baseAddress, rest.count)
          #else
          Glibc.write(number, rest.baseAddress, rest.count)
          #endif
        }
      }
    }
  }

  /// Everything from the current position on.
  func readToEnd(limit: Int) throws(SystemFault) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let number = number
      let count = try retried {
        part.withUnsafeMutableBytes { read(number, $0.baseAddress, $0.count) }
      }
      guard count > 0 else { return bytes }
      bytes += part[..<count]
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
  }

  /// Waits until what was written is on the device.
  func sync() throws(SystemFault) {
    let number = number
    _ = try retried { fsync(number) }
  }

  /// As `sync` for a folder; file systems that cannot do it (EINVAL) need not.
  func syncFolder() throws(SystemFault) {
    do { try sync() } catch .other(code: EINVAL) {
      // Network and FUSE file systems keep folders in order themselves.
    }
  }

  /// Writes over everything that a new file, or one just locked, held before.
  func replaceContent(_ bytes: [UInt8]) throws(SystemFault) {
    let number = number
    _ = try retried { ftruncate(number, 0) }
    try write(bytes)
  }

  /// Takes an exclusive lock that dies with the process; false when another has it.
  func tryLock() throws(SystemFault) -> Bool {
    let number = number
    do {
      _ = try retried { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch .other(code: EWOULDBLOCK) {
      return false
    }
  }

  /// Whether this is still the file that `path` names.
  func isFile(at path: String) -> Bool {
    var (mine, named) = (stat(), stat())
    guard fstat(number, &mine) == 0, stat(path, &named) == 0 else { return false }
    return mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
  }
}

/// Calls again when a signal came in between; -1 is errno.
func retried<Result: FixedWidthInteger & SignedInteger>(
  _ call: () -> Result
) throws(SystemFault) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    if errno != EINTR { throw SystemFault(errno: errno) }
  }
}
