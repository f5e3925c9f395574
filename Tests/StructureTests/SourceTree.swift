// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport

/// One Swift file of the package, as text.
struct SourceFile {
  let path: String
  let lines: [Substring]

  /// The target that the file belongs to: the folder under `Sources` or `Tests`.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 1 ? String(parts[1]) : ""
  }

  /// The modules that it imports.
  var imports: [String] {
    lines.compactMap { line in
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at + 1 < words.count, at <= 1 else {
        return nil
      }
      return words[at + 1].split(separator: ".").first.map(String.init)
    }
  }
}

/// The package's own files.
enum SourceTree {
  /// Every Swift file under a folder of the package, with paths relative to its top.
  static func swiftFiles(under folder: String) -> [SourceFile] {
    files(under: folder).filter { $0.hasSuffix(".swift") }.map { path in
      let data = FileManager.default.contents(atPath: root + path) ?? Data()
      let text = String(decoding: data, as: UTF8.self)
      return SourceFile(
        path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    }
  }

  /// Every file under a folder of the package.
  static func files(under folder: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: root + folder)?.allObjects ?? []
    return found.compactMap { $0 as? String }.map { "\(folder)/\($0)" }.sorted()
  }

  static let root = Fixtures.root.path(percentEncoded: false)
}

/// What Package.swift declares, read from its text: `layer("Name", "Below", …)`.
enum Manifest {
  /// The package's own modules: those that it declares and has a folder for.
  static func targets() throws -> Set<String> {
    let folders = Set(
      SourceTree.files(under: "Sources").compactMap { path in
        path.split(separator: "/").dropFirst().first.map(String.init)
      })
    return folders.intersection(try dependencies().keys)
  }

  /// Each target and the targets of ours that it declares beneath it.
  static func dependencies() throws -> [String: Set<String>] {
    let text = try String(
      contentsOf: Fixtures.root.appending(path: "Package.swift"), encoding: .utf8)
    let declaration = /(?:layer\(|name: )\s*"((?:Isobath|C)[A-Za-z0-9]*)"(.*?)(?:\),\n|\)\n)/
      .dotMatchesNewlines()
    var found: [String: Set<String>] = [:]
    for match in text.matches(of: declaration) {
      let names = match.2.matches(of: /"((?:Isobath|C)[A-Za-z0-9]*)"/).map { String($0.1) }
      found[String(match.1), default: []].formUnion(names)
    }
    return found
  }
}
