// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Who writes a run.
package struct LockHolder: Sendable, Equatable, CustomStringConvertible {
  package let host: String
  package let process: Int
  /// ISO 8601, in UTC.
  package let started: String

  package var description: String { "process \(process) on \(host), started \(started)" }

  /// This process.
  /// - Parameter started: when it began, ISO 8601: nothing here reads a clock.
  init(started: String) {
    var name = [UInt8](repeating: 0, count: 256)
    let found = name.withUnsafeMutableBytes {
      gethostname($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count - 1)
    }
    host = found == 0 ? String(decoding: name.prefix { $0 != 0 }, as: UTF8.self) : "this machine"
    process = Int(getpid())
    self.started = started
  }

  /// nil while the holder is still writing it.
  init?(_ bytes: [UInt8]) {
    do throws(JSONError) {
      let root = try JSONDocument(bytes).root
      guard let host = root["host"]?.string, let process = root["process"]?.int,
        let started = root["started"]?.string
      else { return nil }
      self.host = VisibleText.escaped(host)
      self.process = process
      self.started = VisibleText.escaped(started)
    } catch {
      // Half-written, as it is in the instant after the lock was taken: the refusal names nobody.
      return nil
    }
  }

  var text: String {
    JSONValue.object([
      ("host", .string(host)), ("process", .int(process)), ("started", .string(started)),
    ]).serialized() + "\n"
  }
}

/// The right to write a run's folder, held by one process at a time.
///
/// It is an `flock` on the file `lock` in the folder, so it dies with the process that has it: a lock
/// file that a killed process left stops nobody. Readers do not take it.
final class RunLock: Sendable {
  private let path: String
  private let descriptor: Descriptor

  static let fileName = "lock"

  /// - Throws: `RecordError.locked` naming the holder.
  init(folder: String, started: String) throws(RecordError) {
    path = Folder.join(folder, RunLock.fileName)
    let taken: Descriptor?
    do {
      taken = try RunLock.take(path)
      let text = Array(LockHolder(started: started).text.utf8)
      try taken?.replaceContent(text)
    } catch {
      throw .cannotCreate(path: path, error)
    }
    switch consume taken {
    case .some(let held): descriptor = held
    case .none: throw .locked(folder: folder, holder: RunLock.holder(path))
    }
  }

  deinit { unlink(path) }

  /// nil when another has the lock.
  private static func take(_ path: String) throws(SystemFault) -> Descriptor? {
    while true {
      let descriptor = try Descriptor(path, .lock)
      guard try descriptor.tryLock() else { return nil }
      // A holder that is done removes the file: a lock on the removed one would keep nobody out.
      if descriptor.isFile(at: path) { return descriptor }
    }
  }

  private static func holder(_ path: String) -> LockHolder? {
    do throws(RecordError) {
      return LockHolder(try Folder.read(path, limit: 1 << 12))
    } catch {
      // It was removed just now, or is not ours to read: the refusal names nobody.
      return nil
    }
  }
}
