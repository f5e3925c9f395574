// SPDX-License-Identifier: GPL-3.0-or-later
#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Paths and folders.
package enum Folder {
  /// `folder/name`.
  package static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The folder that a path stands in; `.` for a bare name.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What follows the last slash.
  package static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  package static func isFolder(_ path: String) -> Bool {
    var found = stat()
    return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
  }

  package static func exists(_ path: String) -> Bool {
    var found = stat()
    return stat(path, &found) == 0
  }

  /// Whether a file of this name is there or could be.
  static func checkIsFile(_ path: String) throws(SystemFault) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .badName }
    var found = stat()
    guard stat(path, &found) == 0 else {
      if errno == ENOENT { return }
      throw SystemFault(errno: errno)
    }
    if found.st_mode & S_IFMT == S_IFDIR { throw .isFolder }
  }

  /// Makes a folder and those above it; one that exists is left alone.
  package static func create(_ path: String) throws(RecordError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .cannotCreate(path: path, .badName) }
    guard !isFolder(path) else { return }
    let trimmed = String(path.reversed().drop { $0 == "/" }.reversed())
    let above = parent(of: trimmed)
    if above != trimmed { try create(above) }
    guard mkdir(trimmed, 0o777) == 0 || isFolder(trimmed) else {
      throw .cannotCreate(path: path, SystemFault(errno: errno))
    }
  }

  /// The names of what is in a folder.
  static func names(_ path: String) throws(RecordError) -> Set<String> {
    guard let stream = opendir(path) else {
      throw .cannotRead(path: path, SystemFault(errno: errno))
    }
    defer { closedir(stream) }
    var names: Set<String> = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.insert(name) }
    }
    return names
  }

  /// Removes a file; one that is not there is fine.
  static func remove(_ path: String) throws(RecordError) {
    guard unlink(path) == 0 || errno == ENOENT else {
      throw .cannotWrite(path: path, SystemFault(errno: errno))
    }
  }

  /// Removes a folder that has nothing in it, and leaves another alone.
  static func removeIfEmpty(_ path: String) { rmdir(path) }

  /// A whole file.
  package static func read(_ path: String, limit: Int) throws(RecordError) -> [UInt8] {
    do {
      return try Descriptor(path, .read).readToEnd(limit: limit)
    } catch {
      throw .cannotRead(path: path, error)
    }
  }

  /// A name for a file or folder made from a text of unknown origin: letters, digits, `.`, `-` and
  /// `_` of ASCII stay, all else becomes `-`; it cannot be hidden, climb up or look like an option.
  package static func safeName(_ text: String, ifEmpty: String = "unnamed") -> String {
    let mapped = text.unicodeScalars.map { scalar -> Character in
      let isPlain = scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      return isPlain || ".-_".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
    }
    let name = String(mapped.drop { $0 == "." || $0 == "-" }.prefix(100))
    return name.isEmpty ? ifEmpty : name
  }
}
