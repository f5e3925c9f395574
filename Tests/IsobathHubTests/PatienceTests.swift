// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathTestSupport
import Testing

/// What is tried again, how often, and how long is waited in between. Nothing here waits.
@Suite struct PatienceTests {
  @Test(arguments: [408, 429, 500, 502, 503, 504]) func aPassingRefusalIsTriedAgain(status: Int)
    throws
  {
    let scene = try Scene()
    scene.hub.once(.listing, { $1.status = status }, { $1.status = status })
    scene.hub.once(.head("config.json")) { $1.status = status }
    scene.hub.once(.file("config.json")) { $1.status = status }
    scene.hub.once(.store("model-00001-of-00002.safetensors")) { $1.status = status }
    try scene.fetch()
    #expect(scene.waits == [1, 2, 1, 1, 1])
    scene.expectTokenStayedHome()
  }

  @Test(arguments: [408, 429, 500, 599]) func aLastingRefusalIsGivenUp(status: Int) throws {
    let scene = try Scene()
    scene.hub.always(.listing) { $1.status = status }
    let error = scene.failure()
    switch error {
    case .status(_, status): break
    case .tooManyRequests("127.0.0.1", seconds: nil) where status == 429: break
    default: Issue.record("\(String(describing: error))")
    }
    #expect(scene.asked.count == 5)
    #expect(scene.waits == [1, 2, 4, 8])
    #expect(try layout(of: scene.folder).isEmpty)
  }

  @Test(arguments: [400, 402, 405, 418, 451, 304, 100, 999]) func othersAreNotTriedAgain(
    status: Int
  ) throws {
    let scene = try Scene()
    scene.client.patience.tries = 1
    scene.hub.always(.listing) { $1.status = status }
    #expect(scene.failure() != nil)
    #expect(scene.asked.count == 1)
    #expect(try layout(of: scene.folder).isEmpty)
  }

  @Test func aServerSaysHowLongToWait() throws {
    let scene = try Scene()
    scene.hub.once(
      .listing,
      {
        $1.status = 429
        $1.headers["Retry-After"] = "17"
      },
      {
        $1.status = 503
        $1.headers["Retry-After"] = "Wed, 21 Oct 2015 07:28:40 GMT"
        $1.headers["Date"] = "Wed, 21 Oct 2015 07:28:00 GMT"
      },
      {
        $1.status = 429
        $1.headers["Retry-After"] = "soon"
      })
    try scene.fetch()
    #expect(scene.waits == [17, 40, 4])
  }

  @Test(arguments: ["301", "86400", "99999999999999999999"]) func aWaitThatIsTooLongIsTold(
    after: String
  ) throws {
    let scene = try Scene()
    scene.client.patience.tries = 1
    scene.hub.always(.listing) {
      $1.status = 429
      $1.headers["Retry-After"] = after
    }
    #expect(scene.failure() == .tooManyRequests(host: "127.0.0.1", seconds: Int(after)))
    #expect(scene.asked.count == 1)
    #expect(scene.waits.isEmpty)
  }

  @Test func waitsAreSpread() throws {
    let scene = try Scene()
    scene.client.machine.jitter = { 1 }
    scene.hub.once(.listing, { $1.status = 500 }, { $1.status = 500 })
    try scene.fetch()
    #expect(scene.waits == [0.5, 1])
  }

  /// A signed address that has run out is asked for anew.
  @Test func theStoresRefusalIsTriedAgainThroughTheHub() throws {
    let scene = try Scene()
    scene.hub.once(.store("model-00002-of-00002.safetensors")) { $1.status = 403 }
    try scene.fetch()
    let path = "GET /org/tiny-model/resolve/\(FakeHub.commit)/model-00002-of-00002.safetensors"
    #expect(scene.asked.count { $0 == path } == 2)
    scene.expectTokenStayedHome()
  }

  @Test func noAnswerIsATimeout() throws {
    let scene = try Scene()
    scene.client.patience.tries = 2
    scene.hub.always(.listing) { $1.isSilent = true }
    #expect(scene.failure() == .network(host: "127.0.0.1", .timeout))
    #expect(scene.asked.count == 2)
    let head = try Scene()
    head.client.patience.tries = 1
    head.hub.always(.head("config.json")) { $1.isSilent = true }
    #expect(head.failure() == .network(host: "127.0.0.1", .timeout))
  }

  /// Some bytes a second are no download.
  @Test func aDripIsATimeoutAndWhatCameStays() throws {
    let name = "model-00001-of-00002.safetensors"
    let scene = try Scene()
    scene.client.patience.tries = 1
    scene.hub.always(.store(name)) { $1.drip = 50 }
    #expect(scene.failure() == .network(host: "127.0.0.1", .timeout))
    let part = try scene.files[scene.blob(name) + ".incomplete"] ?? ""
    #expect(!part.isEmpty && part.utf8.count < 200)
    #expect(String(decoding: scene.hub.bytes(name), as: UTF8.self).hasPrefix(part))
  }

  @Test func nobodyThereIsToldAtOnce() throws {
    let gone = try LoopbackServer { _ in LoopbackServer.Reply() }.address
    let scene = try Scene(nil, ["HF_ENDPOINT": gone])
    guard case .network("127.0.0.1", .noConnection) = scene.failure() else {
      Issue.record("accepted")
      return
    }
    #expect(scene.waits.isEmpty)
    let nameless = try Scene(nil, ["HF_ENDPOINT": "http://nothing.invalid"])
    let error = nameless.failure()
    #expect(error == .network(host: "nothing.invalid", .noSuchHost))
    #expect(error.map { "\($0)".contains("HF_HUB_OFFLINE=1") } == true)
    #expect(nameless.waits.isEmpty)
  }

  @Test func aServerWithoutEncryptionIsNotTakenForASecureOne() throws {
    let plain = try LoopbackServer { _ in LoopbackServer.Reply() }
    let scene = try Scene(nil, ["HF_ENDPOINT": "https://127.0.0.1:\(plain.port)"])
    guard case .network("127.0.0.1", .tls) = scene.failure() else {
      Issue.record("accepted")
      return
    }
    #expect(plain.requests.isEmpty)
  }
}
