// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Synchronization

/// The tiny Llama on a hub of our own, at `org/tiny`.
final class HubModel: Sendable {
  static let commit = "89abcdef0123456789abcdef0123456789abcdef"
  let server: LoopbackServer
  /// The user's cache.
  let cache: URL
  /// Milliseconds between the bytes of the weights, nil at first.
  private let drip: SharedDrip

  private final class SharedDrip: Sendable {
    let value = Mutex<UInt32?>(nil)
  }

  init() throws {
    let model = try TinyModel()
    let names = try FileManager.default.contentsOfDirectory(atPath: model.path).sorted()
    let files = Dictionary(
      uniqueKeysWithValues: try names.map { ($0, Array(try model.read($0))) })
    let drip = SharedDrip()
    self.drip = drip
    cache = try Fixtures.temporaryFolder("isobath-cache")
    server = try LoopbackServer { request in
      HubModel.answer(request, files, drip: drip.value.withLock { $0 })
    }
  }

  /// Slows the weights down, or lets them run.
  func slowDown(_ milliseconds: UInt32?) { drip.value.withLock { $0 = milliseconds } }

  var environment: [String: String] {
    ["HF_ENDPOINT": server.address, "HF_HUB_CACHE": cache.text, "HF_HUB_OFFLINE": "0"]
  }

  /// Where a fetch puts the model.
  var snapshot: String {
    cache.appending(path: "models--org--tiny/snapshots/\(HubModel.commit)").text
  }

  private static func answer(
    _ request: LoopbackServer.Request, _ files: [String: [UInt8]], drip: UInt32?
  ) -> LoopbackServer.Reply {
    if request.path.hasPrefix("/api/models/org/tiny/revision/main?") {
      let siblings = files.keys.sorted().map { name in
        JSONValue.object([
          ("rfilename", .string(name)), ("size", .int(files[name]?.count ?? 0)),
        ])
      }
      let list = JSONValue.object([("sha", .string(commit)), ("siblings", .array(siblings))])
      return LoopbackServer.Reply(body: Array(list.serialized().utf8))
    }
    let name = request.path.split(separator: "/").last.map(String.init) ?? ""
    guard request.path.hasPrefix("/org/tiny/resolve/\(commit)/"), let bytes = files[name] else {
      return LoopbackServer.Reply(status: 404, headers: ["X-Error-Code": "RepoNotFound"])
    }
    var reply = LoopbackServer.Reply(
      headers: ["X-Repo-Commit": commit, "ETag": "\"tag-of-\(name)\""], body: bytes)
    if let start = request.headers["range"]?.dropFirst(6).split(separator: "-").first,
      let start = Int(start)
    {
      reply.status = 206
      reply.headers["Content-Range"] = "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"
      reply.body = Array(bytes[start...])
    }
    if name == "model.safetensors" { reply.drip = drip }
    return reply
  }
}
