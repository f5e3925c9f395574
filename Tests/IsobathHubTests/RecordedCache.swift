// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport

/// The cache that Python's client wrote for a tiny model, and the model: `scripts/hub_reference.py`.
struct RecordedCache {
  let model: String
  let commit: String
  let files: [String: [UInt8]]
  let large: Set<String>
  /// What a survey needs.
  let wanted: [String]
  /// Path in the cache to `-> target` or the file's text.
  let layout: [String: String]

  struct Unreadable: Error {}

  init() throws {
    let root = try JSONDocument(Array(Fixtures.data("hub/cache.json"))).root
    guard let model = root["model"]?.string, let commit = root["commit"]?.string else {
      throw Unreadable()
    }
    self.model = model
    self.commit = commit
    files = Dictionary(
      uniqueKeysWithValues: (root["files"]?.members ?? []).map {
        ($0.key, Array(($0.value.string ?? "").utf8))
      })
    large = Set((root["large"]?.elements ?? []).compactMap(\.string))
    wanted = (root["wanted"]?.elements ?? []).compactMap(\.string)
    layout = Dictionary(
      uniqueKeysWithValues: (root["layout"]?.elements ?? []).compactMap { entry in
        guard let path = entry["path"]?.string else { return nil }
        return (path, entry["link"]?.string.map { "-> " + $0 } ?? entry["text"]?.string ?? "")
      })
  }

  /// Writes the recorded cache into a folder.
  func restore(to folder: URL) throws {
    for (path, content) in layout {
      let place = folder.appending(path: path).path(percentEncoded: false)
      try FileManager.default.createDirectory(
        at: folder.appending(path: path).deletingLastPathComponent(),
        withIntermediateDirectories: true)
      if content.hasPrefix("-> ") {
        try FileManager.default.createSymbolicLink(
          atPath: place, withDestinationPath: String(content.dropFirst(3)))
      } else {
        try Data(content.utf8).write(to: URL(filePath: place))
      }
    }
  }
}

/// What lies in a folder: paths to `-> target` or the file's text; folders are not listed.
func layout(of folder: URL) throws -> [String: String] {
  let files = FileManager.default
  var found: [String: String] = [:]
  for path in files.enumerator(atPath: folder.path(percentEncoded: false))?.allObjects ?? [] {
    guard let path = path as? String else { continue }
    let place = folder.appending(path: path).path(percentEncoded: false)
    let kind = try files.attributesOfItem(atPath: place)[.type] as? FileAttributeType
    if kind == .typeSymbolicLink {
      found[path] = "-> " + (try files.destinationOfSymbolicLink(atPath: place))
    } else if kind == .typeRegular {
      found[path] = String(decoding: try Data(contentsOf: URL(filePath: place)), as: UTF8.self)
    }
  }
  return found
}
