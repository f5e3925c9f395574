// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The right to write one blob, shared with Python's client: an `flock` on the same file, which stays
/// when the lock is given up and dies with a process that is killed.
final class BlobLock {
  private let descriptor: Int32

  private static let pause = 0.2

  /// Waits for another process that has it.
  ///
  /// - Parameter announce: called once, when there is something to wait for.
  /// - Throws: `HubError.locked` after `patience` seconds; `HubError.cancelled`.
  init(
    _ path: String, session: HubSession, announce: () -> Void
  ) throws(HubError) {
    try SmallFile.makeFolder(SmallFile.parent(of: path))
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o664)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, code: errno) }
    do throws(HubError) { try BlobLock.take(descriptor, path, session, announce) } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  private static func take(
    _ descriptor: Int32, _ path: String, _ session: HubSession, _ announce: () -> Void
  ) throws(HubError) {
    var waited = 0.0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      // A file system without locks: Python's client goes on without as well.
      case ENOSYS, ENOLCK, EOPNOTSUPP: return
      case EWOULDBLOCK, EACCES: break
      default: throw .cannotWrite(path: path, code: errno)
      }
      if waited == 0 { announce() }
      if session.isCancelled() { throw .cancelled(id: "\(session.id)") }
      guard waited < Double(session.patience.lock) else { throw .locked(path: path) }
      session.machine.wait(pause, session.isCancelled)
      waited += pause
    }
  }
}
