// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathTestSupport
import Synchronization
import Testing

/// A hub, a cache, and a client that neither waits nor draws lots.
final class Scene {
  let hub: FakeHub
  let folder: URL
  var client: HubClient
  /// Seconds that the client wanted to wait.
  private(set) var waits: [Double] = []
  private(set) var events: [HubEvent] = []
  /// Whether the caller wants to stop, asked after each event.
  var stopsAt: (HubEvent) -> Bool = { _ in false }
  private var isStopped = false

  init(
    _ hub: FakeHub? = nil, _ variables: [String: String] = [:], files: [String: [UInt8]]? = nil,
    large: Set<String> = []
  ) throws {
    let hub = try hub ?? FakeHub(files: files, large: large)
    self.hub = hub
    folder = try Fixtures.temporaryFolder("isobath-hub")
    var given = [
      "HF_HUB_CACHE": folder.path(percentEncoded: false), "HF_ENDPOINT": hub.hub.address,
      "HF_TOKEN": "hf_secret", "HF_HUB_ETAG_TIMEOUT": "1", "HF_HUB_DOWNLOAD_TIMEOUT": "1",
      "HOME": "/nowhere",
    ]
    given.merge(variables) { _, new in new }
    client = HubClient(try HubEnvironment(given), agent: "isobath/test")
    let free = HubMachine.system.freeBytes
    client.machine = HubMachine(
      wait: { [weak self] seconds, _ in self?.waits.append(seconds) }, jitter: { 0 },
      freeBytes: free, write: HubMachine.system.write)
  }

  var id: HubID { get throws { try HubID(FakeHub.model) } }

  @discardableResult
  func fetch(_ id: HubID? = nil) throws(HubError) -> HubSnapshot {
    isStopped = false
    var wanted = id
    if wanted == nil { wanted = try HubID(FakeHub.model) }
    guard let wanted else { preconditionFailure("there is an id") }
    return try client.fetch(
      wanted,
      tell: { [self] event in
        events.append(event)
        if stopsAt(event) { isStopped = true }
      }, isCancelled: { [self] in isStopped })
  }

  /// Fetches and fails.
  func failure(
    _ id: HubID? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) -> HubError? {
    do throws(HubError) {
      let snapshot = try fetch(id)
      Issue.record("fetched \(snapshot.path)", sourceLocation: sourceLocation)
      return nil
    } catch {
      let text = "\(error)"
      #expect(!text.contains("\n"), "\(text)", sourceLocation: sourceLocation)
      #expect(!text.contains("hf_secret"), "\(text)", sourceLocation: sourceLocation)
      return error
    }
  }

  /// `GET /path`, the hub's first and then the other server's.
  var asked: [String] { (hub.hub.requests + hub.store.requests).map { "\($0.method) \($0.path)" } }

  /// What lies in the model's folder, and no locks.
  var files: [String: String] {
    get throws { try layout(of: folder.appending(path: "models--org--tiny-model")) }
  }

  var snapshot: String { "snapshots/\(FakeHub.commit)" }

  func blob(_ name: String) -> String { "blobs/\(hub.etag(name))" }

  /// What an earlier try that was killed left of a file.
  func leave(_ bytes: [UInt8], of name: String) throws {
    let place = folder.appending(path: "models--org--tiny-model/\(blob(name)).incomplete")
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: place)
  }

  /// The hub's token went to the hub, and nowhere else.
  func expectTokenStayedHome(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      hub.hub.requests.allSatisfy { $0.headers["authorization"] == "Bearer hf_secret" },
      sourceLocation: sourceLocation)
    #expect(
      hub.store.requests.allSatisfy { $0.headers["authorization"] == nil },
      sourceLocation: sourceLocation)
  }
}
