// SPDX-License-Identifier: GPL-3.0-or-later
#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Why the system refused, in the cases that a user can do something about.
package enum SystemFault: Error, Sendable, Equatable {
  case noSpace
  case quota
  case readOnly
  case denied
  case missing
  case exists
  case isFolder
  case notFolder
  case nameTooLong
  /// A path with a NUL byte names another file to the system than to its reader.
  case badName
  /// Larger than anything of its kind.
  case tooLarge(limit: Int)
  case other(code: Int32)
  /// What SQLite says of a device that does not read or write.
  case device(String)

  /// - Parameter code: errno.
  init(errno code: Int32) {
    self =
      switch code {
      case ENOSPC: .noSpace
      case EDQUOT: .quota
      case EROFS: .readOnly
      case EACCES, EPERM: .denied
      case ENOENT: .missing
      case EEXIST: .exists
      case EISDIR: .isFolder
      case ENOTDIR: .notFolder
      case ENAMETOOLONG: .nameTooLong
      default: .other(code: code)
      }
  }
}

extension SystemFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noSpace: "no space left on the device: free some, or give another place"
    case .quota: "your disk quota is used up: free some, or give another place"
    case .readOnly: "the file system is read-only: give another place"
    case .denied: "permission denied"
    case .missing: "no such file or folder"
    case .exists: "it exists already and is not a folder"
    case .isFolder: "it is a folder"
    case .notFolder: "a part of the path is not a folder"
    case .nameTooLong: "the name is too long"
    case .badName: "the name is empty or holds a NUL byte"
    case .tooLarge(let limit): "it is larger than \(limit) bytes"
    case .other(let code): String(cString: strerror(code))
    case .device(let message): message
    }
  }
}
