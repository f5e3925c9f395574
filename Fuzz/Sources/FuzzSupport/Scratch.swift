// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A folder for this process's inputs: the readers map files.
public struct Scratch {
  private let folder: String

  /// In memory where the system has a file system there.
  public init() {
    let memory = "/dev/shm"
    let root = FileManager.default.fileExists(atPath: memory) ? memory : NSTemporaryDirectory()
    folder = "\(root)/isobath-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
    precondition(mkdir(folder, 0o700) == 0 || errno == EEXIST, "\(folder) cannot be made")
  }

  /// Where a file of this name is.
  public func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Replaces a file and returns its path.
  @discardableResult
  public func write(_ name: String, _ bytes: UnsafeRawBufferPointer) -> String {
    let path = path(name)
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    precondition(file >= 0, "\(path) cannot be written")
    defer { close(file) }
    precondition(put(file, bytes) == bytes.count)
    return path
  }

  private func put(_ file: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
    Glibc.write(file, bytes.baseAddress, bytes.count)
    #else
    Darwin.write(file, bytes.baseAddress, bytes.count)
    #endif
  }
}
