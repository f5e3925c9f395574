// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An HTTP server on 127.0.0.1, at a port that the kernel chooses, that does what a script says: also
/// what no honest server does.
package final class LoopbackServer: Sendable {
  /// What arrived.
  package struct Request: Sendable {
    package let method: String
    /// As it was sent, with its query.
    package let path: String
    package let headers: [String: String]
  }

  /// What is sent back.
  package struct Reply: Sendable {
    package var status: Int
    package var headers: [String: String]
    package var body: [UInt8]
    /// What `Content-Length` says when it is not the body's; no such header for nil in nil.
    package var length: Int??
    /// Bytes of the body after which the connection is cut.
    package var cut: Int?
    /// Milliseconds between single bytes.
    package var drip: UInt32?
    /// Whether nothing is sent at all.
    package var isSilent = false
    /// Whether the body is sent again and again until the other side has had enough.
    package var isEndless: Bool

    package init(
      status: Int = 200, headers: [String: String] = [:], body: [UInt8] = [], length: Int?? = nil,
      isEndless: Bool = false
    ) {
      self.status = status
      self.headers = headers
      self.body = body
      self.length = length
      self.isEndless = isEndless
    }
  }

  package typealias Script = @Sendable (Request) -> Reply

  private struct State {
    var requests: [Request] = []
    var isStopped = false
  }
  private final class Shared: Sendable {
    let state = Mutex(State())
    var isStopped: Bool { state.withLock { $0.isStopped } }
  }

  package let port: UInt16
  private let shared = Shared()
  private let ended = DispatchSemaphore(value: 0)

  package struct CannotListen: Error {
    package let code: Int32
  }

  package init(_ script: @escaping Script) throws {
    let (listener, port) = try LoopbackServer.listen()
    self.port = port
    let (shared, ended) = (shared, ended)
    Thread.detachNewThread {
      // However long the other tests keep its own waiting.
      while !shared.isStopped {
        guard LoopbackServer.isReadable(listener, milliseconds: 20) else { continue }
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { continue }
        LoopbackServer.serve(connection, shared, script)
        close(connection)
      }
      close(listener)
      ended.signal()
    }
  }

  deinit {
    shared.state.withLock { $0.isStopped = true }
    ended.wait()
  }

  package var address: String { "http://127.0.0.1:\(port)" }
  package var requests: [Request] { shared.state.withLock { $0.requests } }

  private static func listen() throws -> (Int32, UInt16) {
    #if canImport(Glibc)
    let kind = Int32(SOCK_STREAM.rawValue)
    #else
    let kind = SOCK_STREAM
    #endif
    let listener = socket(AF_INET, kind, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
        guard listener >= 0, bind(listener, pointer, length) == 0,
          Foundation.listen(listener, 16) == 0
        else { return -1 }
        return getsockname(listener, pointer, &length)
      }
    }
    guard result == 0 else { throw CannotListen(code: errno) }
    return (listener, UInt16(bigEndian: address.sin_port))
  }

  private static func isReadable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return Foundation.poll(&poll, 1, milliseconds) > 0
  }

  private static func serve(_ connection: Int32, _ shared: Shared, _ script: Script) {
    guard let request = read(connection, shared) else { return }
    shared.state.withLock { $0.requests.append(request) }
    let reply = script(request)
    var lines = "HTTP/1.1 \(reply.status) Scripted\r\nConnection: close\r\n"
    for (name, value) in reply.headers { lines += "\(name): \(value)\r\n" }
    if let length = reply.length ?? reply.body.count { lines += "Content-Length: \(length)\r\n" }
    if reply.isSilent {
      // Until the other side hangs up.
      for _ in 0..<600 where !shared.isStopped && !isReadable(connection, milliseconds: 10) {}
      return
    }
    guard send(connection, Array((lines + "\r\n").utf8)), request.method == "GET" else { return }
    let body = Array(reply.body.prefix(reply.cut ?? reply.body.count))
    if let pause = reply.drip {
      for byte in body where !shared.isStopped {
        guard send(connection, [byte]) else { return }
        usleep(pause * 1000)
      }
    } else {
      for _ in 0..<(reply.isEndless ? 4096 : 1) {
        guard send(connection, body) else { return }
      }
    }
  }

  private static func read(_ connection: Int32, _ shared: Shared) -> Request? {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 14)
    let end = Array("\r\n\r\n".utf8)
    while bytes.count < 1 << 18, !shared.isStopped {
      guard isReadable(connection, milliseconds: 2000) else { return nil }
      let count = recv(connection, &part, part.count, 0)
      guard count > 0 else { return nil }
      bytes += part[..<count]
      // A greeting in TLS, which is not spoken here.
      if bytes[0] == 0x16 { return nil }
      guard bytes.suffix(4).elementsEqual(end) else { continue }
      let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
      let words = lines[0].split(separator: " ")
      guard words.count == 3 else { return nil }
      let headers = lines.dropFirst().compactMap { line -> (String, String)? in
        let sides = line.split(separator: ":", maxSplits: 1)
        guard sides.count == 2 else { return nil }
        return (sides[0].lowercased(), sides[1].trimmingCharacters(in: .whitespaces))
      }
      return Request(
        method: String(words[0]), path: String(words[1]),
        headers: Dictionary(headers) { first, _ in first })
    }
    return nil
  }

  private static func send(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let sent = bytes[done...].withUnsafeBytes {
        Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return false }
      done += sent
    }
    return true
  }
}
