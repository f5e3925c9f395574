// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathJSON
import IsobathTestSupport
import Testing

@Suite struct HubEnvironmentTests {
  private static let endpoint = "https://huggingface" + ".co"

  /// Every case of the matrix means what it means to Python's client.
  @Test func meansWhatItMeansToTheReference() throws {
    let rows = try JSONDocument(Array(Fixtures.data("hub/environment.json"))).root.elements
    #expect(rows.count > 50)
    for row in rows {
      let home = try Fixtures.temporaryFolder("isobath-home").path(percentEncoded: false)
      let real = { (text: String) in text.replacingOccurrences(of: "{home}", with: home) }
      for (name, text) in try #require(row["files"]).members {
        let place = URL(filePath: home).appending(path: name)
        try FileManager.default.createDirectory(
          at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((text.string ?? "").utf8).write(to: place)
      }
      var variables = ["HOME": home]
      for (name, value) in try #require(row["variables"]).members {
        variables[name] = real(value.string ?? "")
      }
      let wanted = try #require(row["result"])
      guard wanted.kind == .object else {
        #expect(throws: HubError.self, "\(variables)") { try HubEnvironment(variables) }
        continue
      }
      let found = try HubEnvironment(variables)
      #expect(found.cache == wanted["cache"]?.string.map(real), "\(variables)")
      #expect(found.isOffline == wanted["offline"]?.bool, "\(variables)")
      let endpoint = wanted["endpoint"]?.string
      #expect(
        found.endpoint == (endpoint == "{default}" ? HubEnvironmentTests.endpoint : endpoint),
        "\(variables)")
      #expect(found.etagTimeout == wanted["etag_timeout"]?.int, "\(variables)")
      #expect(found.downloadTimeout == wanted["download_timeout"]?.int, "\(variables)")
      #expect(found.usesLinks == wanted["links"]?.bool, "\(variables)")
      #expect(
        try found.token().map { "Bearer " + $0 } == wanted["authorization"]?.string, "\(variables)")
    }
  }

  @Test(arguments: [
    "", "hub", "ftp://host", "file:///etc", "http://", "http://user:secret@host", "http://ho st",
    "http://host/?a=b", "http://host/#a", "javascript:alert(1)", "http://host\r\nX: y",
  ])
  func anEndpointMustBeAnAddress(text: String) {
    let error = #expect(throws: HubError.self) { try HubEnvironment(["HF_ENDPOINT": text]) }
    #expect(error.map { "\($0)".contains("HF_ENDPOINT") && !"\($0)".contains("\n") } == true)
  }

  @Test(arguments: ["-1", "99999999999999999999", "0x10", "1e3", "86401"])
  func aTimeoutMustBeANumberOfSeconds(text: String) {
    let error = HubError.setting(
      name: "HF_HUB_DOWNLOAD_TIMEOUT", found: "'\(text)'", expected: "a whole number of seconds")
    #expect(throws: error) { try HubEnvironment(["HF_HUB_DOWNLOAD_TIMEOUT": text]) }
  }

  /// A token goes into a header line: nothing in it may end the line, and no message shows it.
  @Test(arguments: [
    "hf a", "hf_\u{0}", "hf_é", "hf_\u{1b}[0m", String(repeating: "x", count: 5000),
  ])
  func aTokenMustBePrintable(token: String) throws {
    let environment = try HubEnvironment(["HF_TOKEN": token])
    let error = #expect(throws: HubError.self) { try environment.token() }
    #expect(error.map { "\($0)".contains(token) } == false)
  }

  @Test func aTokenFileThatIsNoTextIsNamed() throws {
    let folder = try Fixtures.temporaryFolder()
    let file = folder.appending(path: "token")
    try Data([0xFF, 0xFE, 0x00]).write(to: file)
    let path = file.path(percentEncoded: false)
    let environment = try HubEnvironment(["HF_TOKEN_PATH": path])
    let error = #expect(throws: HubError.self) { try environment.token() }
    #expect(error.map { "\($0)".contains(path) } == true)
  }

  @Test func thisMachineIsNeverAskedThroughAProxy() throws {
    #expect(try HubEnvironment([:]).withoutProxy == "localhost,127.0.0.1,::1")
    #expect(
      try HubEnvironment(["no_proxy": "a.b", "NO_PROXY": "c"]).withoutProxy
        == "a.b,localhost,127.0.0.1,::1")
  }
}
