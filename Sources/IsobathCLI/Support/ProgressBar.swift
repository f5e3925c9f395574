// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization

/// A line that fills up: redrawn on a terminal, a plain line every tenth elsewhere.
///
/// ` 45%|█████████       | 54/120 documents [00:31<00:37, 452 tokens/s]`
final class ProgressBar: Sendable {
  private struct State {
    var done = 0.0
    var lastDrawn: Duration = .zero
    var lastTenth = 0
  }
  private let total: Double
  private let unit: String
  private let terminal: Terminal
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  init(total: Int, unit: String, terminal: Terminal) {
    self.total = Double(max(total, 1))
    self.unit = unit
    self.terminal = terminal
  }

  /// Shows that `done` of `total` is done; a fraction is fine. `rate` is printed as it stands.
  func update(_ done: Double, rate: String = "") {
    guard !terminal.quiet else { return }
    let elapsed = ContinuousClock.now - start
    state.withLock { state in
      state.done = done
      if Terminal.isInteractive {
        guard elapsed - state.lastDrawn > .milliseconds(100) || done >= total else { return }
        state.lastDrawn = elapsed
        Terminal.redraw(line(done, elapsed, rate))
      } else if Int(10 * done / total) > state.lastTenth {
        state.lastTenth = Int(10 * done / total)
        Terminal.complain(line(done, elapsed, rate))
      }
    }
  }

  /// Leaves the line and goes on below it.
  func finish() {
    if !terminal.quiet && Terminal.isInteractive { Terminal.redraw("") }
  }

  private func line(_ done: Double, _ elapsed: Duration, _ rate: String) -> String {
    let fraction = min(max(done / total, 0), 1)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let left = fraction > 0 ? seconds / fraction - seconds : 0
    let percent =
      String(repeating: " ", count: fraction < 0.1 ? 2 : fraction < 1 ? 1 : 0)
      + "\(Int(100 * fraction))%"
    let rest =
      " \(Int(done))/\(Int(total)) \(unit) [\(clock(seconds))<\(clock(left))"
      + (rate.isEmpty ? "]" : ", \(rate)]")
    let room = min(max(Terminal.width - percent.count - rest.count - 3, 5), 40)
    return "\(percent)|\(bar(fraction, room))|\(rest)"
  }

  private func bar(_ fraction: Double, _ width: Int) -> String {
    let eighths = Int((fraction * Double(8 * width)).rounded(.down))
    let part = eighths % 8 == 0 ? "" : String(["▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8 - 1])
    let full = String(repeating: "█", count: eighths / 8) + part
    return full + String(repeating: " ", count: max(0, width - full.count))
  }

  private func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let two = { (n: Int) in n < 10 ? "0\(n)" : "\(n)" }
    return whole < 3600
      ? "\(two(whole / 60)):\(two(whole % 60))"
      : "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
  }
}
