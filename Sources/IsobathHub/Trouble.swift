// SPDX-License-Identifier: GPL-3.0-or-later

/// A failure of one try, and whether another one could end better.
struct Trouble: Error {
  let error: HubError
  let isPassing: Bool
  /// Seconds that the server asks to wait.
  let retryAfter: Int?

  static func lasting(_ error: HubError) -> Trouble {
    Trouble(error: error, isPassing: false, retryAfter: nil)
  }

  static func passing(_ error: HubError, retryAfter: Int? = nil) -> Trouble {
    Trouble(error: error, isPassing: true, retryAfter: retryAfter)
  }
}

/// How patient a download is.
package struct HubPatience: Sendable {
  /// How often something is tried before it is given up. A try that brought 1 MiB starts the count
  /// again, so that a large file comes through a bad line.
  package var tries = 5
  /// The longest that a server may ask to wait, in seconds.
  package var retryAfter = 300
  /// How long another process may hold the lock of a file, in seconds.
  package var lock = 3600

  package init() {}
}

/// Tries again what may pass: after 1, 2, 4, 8 seconds, each shortened by up to a half.
struct Retries {
  let id: HubID
  let patience: HubPatience
  let machine: HubMachine
  let isCancelled: () -> Bool

  private static let fresh = 1 << 20
  private static let longest = 8.0

  /// - Parameter progress: bytes that are there; more of them earn new tries.
  func callAsFunction<Result>(
    progress: () -> Int = { 0 }, _ attempt: () throws(Trouble) -> Result
  ) throws(HubError) -> Result {
    var failures = 0
    var mark = progress()
    while true {
      let trouble: Trouble
      do throws(Trouble) { return try attempt() } catch { trouble = error }
      guard trouble.isPassing else { throw trouble.error }
      let now = progress()
      failures = now - mark >= Retries.fresh ? 1 : failures + 1
      mark = max(now, mark)
      let wait = seconds(failures, trouble.retryAfter)
      guard failures < patience.tries, wait <= Double(patience.retryAfter) else {
        throw trouble.error
      }
      machine.wait(wait, isCancelled)
      if isCancelled() { throw .cancelled(id: "\(id)") }
    }
  }

  private func seconds(_ failures: Int, _ asked: Int?) -> Double {
    var backoff = 1.0
    for _ in 1..<max(failures, 1) { backoff = min(2 * backoff, Retries.longest) }
    let spread = backoff * (1 - machine.jitter() / 2)
    return max(spread, Double(asked ?? 0))
  }
}
