// SPDX-License-Identifier: GPL-3.0-or-later
#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file that appears whole or not at all: written under another name in the same folder, brought to
/// the device, then renamed over the old one. Dropped before `commit`, it leaves nothing behind.
package struct AtomicFile: ~Copyable {
  private let path: String
  private let temporary: String
  private var descriptor: Descriptor?
  private var buffer: [UInt8] = []

  private static let bufferSize = 1 << 18

  /// - Parameter path: the file; its folder must exist.
  package init(_ path: String) throws(RecordError) {
    self.path = path
    do throws(SystemFault) {
      // A bad name is found out now, not after hours of writing.
      try Folder.checkIsFile(path)
      var name = ""
      descriptor = try AtomicFile.open(beside: path, name: &name)
      temporary = name
    } catch {
      throw .cannotCreate(path: path, error)
    }
  }

  /// A whole file at once.
  package static func write(_ text: String, to path: String) throws(RecordError) {
    var file = try AtomicFile(path)
    try file.write(text)
    try file.commit()
  }

  package mutating func write(_ text: String) throws(RecordError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= AtomicFile.bufferSize { try flush() }
  }

  /// Brings the file to the device and gives it its name.
  package consuming func commit() throws(RecordError) {
    try flush()
    do throws(SystemFault) {
      try descriptor?.sync()
      try descriptor.take()?.closed()
      guard rename(temporary, path) == 0 else { throw SystemFault(errno: errno) }
      try Descriptor(Folder.parent(of: path), .folder).syncFolder()
    } catch {
      throw .cannotWrite(path: path, error)
    }
  }

  deinit { unlink(temporary) }

  private mutating func flush() throws(RecordError) {
    do throws(SystemFault) {
      try descriptor?.write(buffer)
    } catch {
      throw .cannotWrite(path: path, error)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// A new file in the same folder. Its name is short, whatever the length of the real one, and holds
  /// the process's id; numbers step over what a killed process of the same id left.
  private static func open(
    beside path: String, name: inout String
  ) throws(SystemFault) -> Descriptor {
    let folder = Folder.parent(of: path)
    var attempt = 0
    while true {
      name = Folder.join(folder, ".isobath-\(getpid())-\(attempt).tmp")
      do {
        return try Descriptor(name, .create)
      } catch .exists where attempt < 1000 {
        attempt += 1
      }
    }
  }
}
