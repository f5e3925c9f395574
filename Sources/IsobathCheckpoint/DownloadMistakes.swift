// SPDX-License-Identifier: GPL-3.0-or-later

extension MappedFile {
  /// Throws when the file is one of the two things that failed downloads leave in a file's place.
  func checkKind() throws(CheckpointError) {
    let start = String(decoding: bytes(0..<min(count, 64)), as: UTF8.self).lowercased()
    if start.hasPrefix("version https://git-lfs") {
      throw .notWeights(path: path, looksLike: "a git-LFS pointer")
    }
    if start.hasPrefix("<!doctype") || start.hasPrefix("<html") {
      throw .notWeights(path: path, looksLike: "a web page")
    }
  }
}
