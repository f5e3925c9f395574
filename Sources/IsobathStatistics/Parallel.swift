// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Synchronization

/// Runs `body(0) … body(tasks − 1)`, each once, on at most `threads` threads (0: all cores).
///
/// Tasks write to places of their own, so that the result does not depend on the threads.
package func parallel(_ tasks: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  guard threads != 1, tasks > 1 else {
    for task in 0..<max(0, tasks) { body(task) }
    return
  }
  guard threads > 1 else {
    DispatchQueue.concurrentPerform(iterations: tasks, execute: body)
    return
  }
  let next = Atomic<Int>(0)
  DispatchQueue.concurrentPerform(iterations: min(threads, tasks)) { _ in
    while true {
      let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard task < tasks else { return }
      body(task)
    }
  }
}
