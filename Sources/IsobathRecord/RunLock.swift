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
  /// ISO 8601, in UTC; empty when it is not known.
  package let started: String

  package var description: String {
    "process \(process) on \(host)" + (started.isEmpty ? "" : ", started \(started)")
  }

  /// This process.
  /// - Parameter started: when it began, ISO 8601: nothing here reads a clock.
  init(started: String) {
    var name = [CChar](repeating: 0, count: 256)
    let found = gethostname(&name, name.count - 1)
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    host = found == 0 ? String(decoding: bytes, as: UTF8.self) : "this machine"
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
    descriptor = try RunLock.take(path, in: folder, LockHolder(started: started))
  }

  deinit { unlink(path) }

  private static func take(
    _ path: String, in folder: String, _ holder: LockHolder
  ) throws(RecordError) -> Descriptor {
    do throws(SystemFault) {
      while true {
        let descriptor = try Descriptor(path, .lock)
        guard try descriptor.tryLock() else { break }
        // A holder that is done removes the file: a lock on the removed one would keep nobody out.
        guard descriptor.isFile(at: path) else { continue }
        try descriptor.replaceContent(Array(holder.text.utf8))
        return descriptor
      }
    } catch {
      throw .cannotCreate(path: path, error)
    }
    throw .locked(folder: folder, holder: RunLock.holder(path))
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
