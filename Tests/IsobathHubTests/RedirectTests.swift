// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathTestSupport
import Testing

/// Which redirects are followed, and that the token stays with the hub.
@Suite struct RedirectTests {
  private static let renamed = "/api/models/org/tiny-model/revision/elsewhere"

  @Test func aRenamedModelIsFoundThroughRelativeRedirects() throws {
    let scene = try Scene()
    scene.hub.once(.listing) {
      $1 = LoopbackServer.Reply(status: 307, headers: ["Location": RedirectTests.renamed])
    }
    let place = "/org/tiny-model/resolve/\(FakeHub.commit)/config.json?again=1"
    scene.hub.once(.head("config.json")) {
      $1 = LoopbackServer.Reply(status: 307, headers: ["Location": place])
    }
    try scene.fetch()
    #expect(scene.asked.contains("GET \(RedirectTests.renamed)"))
    #expect(scene.asked.contains("HEAD \(place)"))
    scene.expectTokenStayedHome()
  }

  /// Another port is another server: the token does not go there, whoever sends it there.
  @Test func theTokenDoesNotGoToAnotherHost() throws {
    let scene = try Scene()
    let other = try LoopbackServer { _ in LoopbackServer.Reply(status: 404) }
    let address = other.address
    scene.hub.always(.listing) {
      $1 = LoopbackServer.Reply(status: 302, headers: ["Location": "\(address)/list"])
    }
    #expect(scene.failure() != nil)
    #expect(other.requests.map(\.path) == ["/list"])
    #expect(other.requests.allSatisfy { $0.headers["authorization"] == nil })
    scene.expectTokenStayedHome()
  }

  /// Spellings that look relative and are not, or the other way round.
  @Test(arguments: ["//127.0.0.1:PORT/x", "http:127.0.0.1:PORT/x", "HTTP://127.0.0.1:PORT/x"])
  func theTokenDoesNotGoWhereASpellingLeads(location: String) throws {
    let scene = try Scene()
    let other = try LoopbackServer { _ in LoopbackServer.Reply(status: 404) }
    let place = location.replacingOccurrences(of: "PORT", with: "\(other.port)")
    for target in [FakeHub.Place.listing, .head("config.json"), .file("config.json")] {
      scene.hub.once(target) {
        $1 = LoopbackServer.Reply(status: 302, headers: ["Location": place])
      }
      #expect(scene.failure() != nil)
    }
    #expect(other.requests.allSatisfy { $0.headers["authorization"] == nil })
    scene.expectTokenStayedHome()
  }

  /// The store sends the reader back to the hub: what it asks there is the hub's own business.
  @Test func backAtTheHubTheTokenIsSentAgain() throws {
    let scene = try Scene(
      files: ["config.json": [1], "model.safetensors": [2]],
      large: [
        "model.safetensors"
      ])
    let place = "\(scene.hub.hub.address)/org/tiny-model/resolve/\(FakeHub.commit)/config.json"
    scene.hub.once(.store("model.safetensors")) {
      $1 = LoopbackServer.Reply(status: 302, headers: ["Location": place])
    }
    // The bytes are another file's, and that is found out.
    guard case .wrongDigest("model.safetensors", _, _) = scene.failure() else {
      Issue.record("accepted")
      return
    }
    scene.expectTokenStayedHome()
  }

  @Test(arguments: ["/api/models/org/tiny-model/revision/main?blobs=true", "?again"])
  func anEndlessRedirectEnds(location: String) throws {
    let scene = try Scene()
    scene.hub.always(.listing) {
      $1 = LoopbackServer.Reply(status: 302, headers: ["Location": location])
    }
    guard case .tooManyRedirects(_, limit: 10) = scene.failure() else {
      Issue.record("accepted")
      return
    }
    #expect(scene.asked.count == 11)
    #expect(try layout(of: scene.folder).isEmpty)
  }

  @Test(arguments: [
    "file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "javascript:alert(1)",
    "http://user:secret@127.0.0.1/x", "http://", "dict://127.0.0.1:11211/stats", "/a b", "",
  ])
  func aRedirectToSomethingElseIsRefused(location: String) throws {
    let scene = try Scene()
    scene.hub.always(.listing) {
      $1 = LoopbackServer.Reply(status: 302, headers: ["Location": location])
    }
    let error = scene.failure()
    switch error {
    case .redirect: break
    case .tooManyRedirects where location.isEmpty: break
    default: Issue.record("\(String(describing: error))")
    }
    #expect(try layout(of: scene.folder).isEmpty)
  }

  @Test func aHeadFromAnotherHostIsNotTaken() throws {
    let scene = try Scene()
    let other = try LoopbackServer { _ in
      LoopbackServer.Reply(headers: ["X-Repo-Commit": FakeHub.commit, "ETag": "\"abc\""])
    }
    let address = other.address
    scene.hub.always(.head("config.json")) {
      $1 = LoopbackServer.Reply(status: 302, headers: ["Location": "\(address)/x"])
    }
    guard case .answer(_, let what) = scene.failure(), what.contains("X-Repo-Commit") else {
      Issue.record("accepted")
      return
    }
    #expect(other.requests.isEmpty)
  }
}
