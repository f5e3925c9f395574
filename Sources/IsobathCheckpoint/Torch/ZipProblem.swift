// SPDX-License-Identifier: GPL-3.0-or-later

/// What can be wrong with the zip archive around a PyTorch checkpoint.
/// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
package enum ZipProblem: Error, Equatable, Sendable {
  case noEnd
  case endPastFile(what: String)
  case severalDisks
  case endsDiffer(what: String)
  case tooManyEntries(Int, limit: Int)
  case directory(entry: Int, what: String)
  case badName(String)
  case duplicate(String)
  case severalFolders(String, String)
  case encrypted(String)
  case compressed(String, method: String)
  case headersDiffer(String, what: String)
  case overlap(String, String)
  case hole(before: String, bytes: Int)
  case checksum(String)

  /// Whether the archive is broken; otherwise it is sound, and more than Isobath reads.
  var isDamage: Bool {
    switch self {
    case .severalDisks, .tooManyEntries, .encrypted, .compressed, .severalFolders: false
    default: true
    }
  }
}

extension ZipProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noEnd:
      "no end record where the file ends; the download was interrupted or something was appended, "
        + "download it again"
    case .endPastFile(let what): "\(what) is not inside the file; download it again"
    case .severalDisks: "the archive is split over several disks; join it first"
    case .endsDiffer(let what): "the two end records disagree about \(what)"
    case .tooManyEntries(let count, let limit): "\(count) entries, at most \(limit) are read"
    case .directory(let entry, let what): "entry \(entry) of the directory: \(what)"
    case .badName(let name): "'\(name)' is not a possible name of an entry"
    case .duplicate(let name): "entry '\(name)' stands twice"
    case .severalFolders(let a, let b):
      "entries stand in the folders '\(a)' and '\(b)', and torch.save writes one"
    case .encrypted(let name): "entry '\(name)' is encrypted; decrypt the archive first"
    case .compressed(let name, let method):
      "entry '\(name)' is compressed (\(method)) and torch.save stores; load and save it with torch "
        + "again"
    case .headersDiffer(let name, let what):
      "entry '\(name)': the directory and the entry's own header disagree about \(what)"
    case .overlap(let a, let b): "entries '\(a)' and '\(b)' overlap"
    case .hole(let before, let bytes): "\(bytes) bytes before \(before) belong to no entry"
    case .checksum(let name): "entry '\(name)' does not have its checksum; download the file again"
    }
  }
}
