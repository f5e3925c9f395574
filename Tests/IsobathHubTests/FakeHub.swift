// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Foundation
import IsobathHub
import IsobathJSON
import IsobathTestSupport
import Synchronization

/// A hub with one model, on one server, and its large files on another one: as honest as a test leaves it.
final class FakeHub: Sendable {
  /// Where something goes wrong.
  enum Place: Hashable, Sendable {
    case listing
    /// The question what a file is.
    case head(String)
    /// The hub's own answer to a request for a file's content.
    case file(String)
    /// The other server's answer, for large files.
    case store(String)
  }
  /// Changes the honest reply.
  typealias Mischief = @Sendable (LoopbackServer.Request, inout LoopbackServer.Reply) -> Void

  private struct Plan {
    /// Those that happen at a place, one after the other; the last one goes on for ever if it is marked.
    var once: [Place: [Mischief]] = [:]
    var always: [Place: Mischief] = [:]
  }
  private final class Content: Sendable {
    let files: [String: [UInt8]]
    let large: Set<String>
    let plan = Mutex(Plan())
    let store = Mutex("")

    init(_ files: [String: [UInt8]], _ large: Set<String>) {
      self.files = files
      self.large = large
    }
  }

  static let commit = "0123456789abcdef0123456789abcdef01234567"
  static let model = "org/tiny-model"
  private let content: Content
  let hub: LoopbackServer
  let store: LoopbackServer

  /// - Parameter files: the model of the recorded cache when nil.
  init(files: [String: [UInt8]]? = nil, large: Set<String> = []) throws {
    let recorded = try RecordedCache()
    let content = Content(files ?? recorded.files, files == nil ? recorded.large : large)
    self.content = content
    store = try LoopbackServer { request in FakeHub.stored(request, content) }
    let address = store.address
    content.store.withLock { $0 = address }
    hub = try LoopbackServer { request in FakeHub.answer(request, content) }
  }

  /// The next request at a place is answered as the mischief says, the one after it as the next says.
  func once(_ place: Place, _ mischief: Mischief...) {
    content.plan.withLock { $0.once[place, default: []] += mischief }
  }

  /// Every request at a place.
  func always(_ place: Place, _ mischief: @escaping Mischief) {
    content.plan.withLock { $0.always[place] = mischief }
  }

  func bytes(_ name: String) -> [UInt8] { content.files[name] ?? [] }

  /// What the hub says that the file's blob is called.
  func etag(_ name: String) -> String { FakeHub.etag(name, content) }

  // MARK: - The hub

  private static func answer(
    _ request: LoopbackServer.Request, _ content: Content
  ) -> LoopbackServer.Reply {
    let path = request.path.split(separator: "?").first.map(String.init) ?? ""
    if path.hasPrefix("/api/models/\(model)/revision/") {
      return changed(.listing, request, listing(content), content)
    }
    guard path.hasPrefix("/\(model)/resolve/\(commit)/") else {
      return LoopbackServer.Reply(status: 404, headers: ["X-Error-Code": "RepoNotFound"])
    }
    let name = String(path.dropFirst("/\(model)/resolve/\(commit)/".count))
    guard let bytes = content.files[name] else {
      return LoopbackServer.Reply(status: 404, headers: ["X-Error-Code": "EntryNotFound"])
    }
    var reply = LoopbackServer.Reply()
    reply.headers = ["X-Repo-Commit": commit]
    if content.large.contains(name) {
      reply.status = 302
      reply.headers["Location"] = content.store.withLock { $0 } + "/" + name + "?signature=abc"
      reply.headers["X-Linked-Etag"] = "\"\(etag(name, content))\""
      reply.headers["X-Linked-Size"] = "\(bytes.count)"
    } else {
      reply = part(of: bytes, request, reply)
      reply.headers["ETag"] = "W/\"\(etag(name, content))\""
    }
    let place: Place = request.method == "HEAD" ? .head(name) : .file(name)
    return changed(place, request, reply, content)
  }

  private static func listing(_ content: Content) -> LoopbackServer.Reply {
    let siblings = content.files.keys.sorted().map { name -> JSONValue in
      let (size, digest) = (content.files[name]?.count ?? 0, etag(name, content))
      guard content.large.contains(name) else {
        return .object([
          ("rfilename", .string(name)), ("size", .int(size)), ("blobId", .string(digest)),
        ])
      }
      return .object([
        ("rfilename", .string(name)), ("size", .int(size)), ("blobId", .string("0")),
        ("lfs", .object([("sha256", .string(digest)), ("size", .int(size))])),
      ])
    }
    let text = JSONValue.object([("sha", .string(commit)), ("siblings", .array(siblings))])
    return LoopbackServer.Reply(
      headers: ["Content-Type": "application/json"], body: Array(text.serialized().utf8))
  }

  // MARK: - The other server

  private static func stored(
    _ request: LoopbackServer.Request, _ content: Content
  ) -> LoopbackServer.Reply {
    let name = request.path.dropFirst().split(separator: "?").first.map(String.init) ?? ""
    let reply = part(of: content.files[name] ?? [], request, LoopbackServer.Reply())
    return changed(.store(name), request, reply, content)
  }

  private static func part(
    of bytes: [UInt8], _ request: LoopbackServer.Request, _ start: LoopbackServer.Reply
  ) -> LoopbackServer.Reply {
    var reply = start
    reply.body = bytes
    guard let range = request.headers["range"],
      let from = range.dropFirst("bytes=".count).split(separator: "-").first.flatMap({ Int($0) })
    else { return reply }
    guard from < bytes.count else {
      reply.status = 416
      reply.headers["Content-Range"] = "bytes */\(bytes.count)"
      reply.body = []
      return reply
    }
    reply.status = 206
    reply.headers["Content-Range"] = "bytes \(from)-\(bytes.count - 1)/\(bytes.count)"
    reply.body = Array(bytes[from...])
    return reply
  }

  private static func changed(
    _ place: Place, _ request: LoopbackServer.Request, _ reply: LoopbackServer.Reply,
    _ content: Content
  ) -> LoopbackServer.Reply {
    let mischief = content.plan.withLock { plan -> Mischief? in
      if plan.once[place, default: []].isEmpty { return plan.always[place] }
      return plan.once[place]?.removeFirst()
    }
    var reply = reply
    mischief?(request, &reply)
    return reply
  }

  private static func etag(_ name: String, _ content: Content) -> String {
    let bytes = content.files[name] ?? []
    let hash: any Sequence<UInt8> =
      content.large.contains(name)
      ? SHA256.hash(data: bytes)
      : Insecure.SHA1.hash(data: Array("blob \(bytes.count)\0".utf8) + bytes)
    return hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
