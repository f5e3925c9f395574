// SPDX-License-Identifier: GPL-3.0-or-later
@preconcurrency import Dispatch
import Foundation
import Synchronization

/// The first signal that was received; 0 while there was none.
private let received = Atomic<Int32>(0)

/// The first SIGINT or SIGTERM asks the work to stop after the batch in hand; a second stops at once.
final class Interruption: Sendable {
  private let sources: [any DispatchSourceSignal]

  /// Starts listening. `announce` is called once, on the first signal.
  init(announce: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "isobath.signals")
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
      source.setEventHandler {
        guard received.exchange(number, ordering: .relaxed) == 0 else { exit(128 + number) }
        announce()
      }
      source.resume()
    }
  }

  /// Stops listening: a signal ends the command again.
  deinit {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }

  /// Whether the work should stop.
  var isRequested: Bool { Interruption.isRequested }
  /// The same, for work that knows no listener.
  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }
  /// 130 after SIGINT, 143 after SIGTERM.
  var exitCode: Int32 { 128 + received.load(ordering: .relaxed) }
}
