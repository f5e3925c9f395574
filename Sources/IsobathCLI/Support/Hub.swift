// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathHub
import IsobathStudy

/// Fetches models for a user: progress on stderr, signals, and where to go on.
struct Hub {
  let client: HubClient
  let terminal: Terminal

  /// A client of the hub that the environment names.
  static func client() throws -> HubClient {
    HubClient(try HubEnvironment.ofProcess(), agent: "isobath/\(Version.current)")
  }

  /// Brings what the cache lacks; the first signal stops it, and what came stays.
  func fetch(_ id: HubID) throws -> HubSnapshot {
    let interruption = Interruption { [terminal] in
      terminal.say("\nisobath: stopping the download; again to stop at once")
    }
    let narrator = FetchNarrator(terminal)
    defer { narrator.finish() }
    do throws(HubError) {
      return try client.fetch(
        id, tell: { narrator.hear($0) }, isCancelled: { interruption.isRequested })
    } catch {
      guard case .cancelled = error else { throw error }
      narrator.finish()
      terminal.say("\(error)")
      throw ExitStatus(code: interruption.exitCode)
    }
  }

  /// `12.3 MB`, `4.5 kB`: in thousands, as disks and hubs count.
  static func size(_ bytes: Int) -> String {
    bytes < 1_000_000
      ? Numbers.fixed(Double(bytes) / 1e3, 1) + " kB"
      : Numbers.fixed(Double(bytes) / 1e6, 1) + " MB"
  }
}

/// Turns a fetch's events into messages and a progress bar.
private final class FetchNarrator {
  private let terminal: Terminal
  private var bar: ProgressBar?
  private var start = ContinuousClock.now
  /// Bytes that were there before, which count for no speed.
  private var before = 0

  init(_ terminal: Terminal) { self.terminal = terminal }

  func hear(_ event: HubEvent) {
    switch event {
    case .planned(let plan):
      let commit = plan.snapshot.commit.prefix(12)
      guard plan.missingBytes > 0 || plan.files.contains(where: { !$0.isThere }) else {
        terminal.say("\(plan.id.name) at \(commit): all \(plan.files.count) files are in the cache")
        return
      }
      terminal.say(
        "\(plan.id.name) at \(commit): \(plan.files.count) files, \(Hub.size(plan.bytes)), "
          + "\(Hub.size(plan.missingBytes)) to get")
      before = plan.bytes - plan.missingBytes
      start = .now
      bar = ProgressBar(
        total: Int((Double(plan.bytes) / 1e6).rounded(.up)), unit: "MB", terminal: terminal)
    case .file(let name, .waiting, _, _):
      terminal.say("waiting for another process that is downloading \(name)")
    case .file(_, _, let done, _):
      let spent = (ContinuousClock.now - start).components
      let seconds = Double(spent.seconds) + Double(spent.attoseconds) / 1e18
      let rate = seconds > 0 ? Double(max(0, done - before)) / 1e6 / seconds : 0
      bar?.update(Double(done) / 1e6, rate: Numbers.fixed(rate, 1) + " MB/s")
    }
  }

  func finish() {
    bar?.finish()
    bar = nil
  }
}
