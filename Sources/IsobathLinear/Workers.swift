// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import Synchronization

/// The process's threads. BLAS itself runs at one thread: all parallelism is a loop over tasks here.
package enum Workers {
  private static let configured = Atomic<Int>(0)

  /// How many threads work on a loop; all available cores unless `use` said otherwise.
  package static var count: Int {
    let chosen = configured.load(ordering: .relaxed)
    return chosen > 0 ? chosen : ProcessInfo.processInfo.activeProcessorCount
  }

  /// Sets the number of threads for every later loop; 0 means all available cores.
  package static func use(_ threads: Int) { configured.store(threads, ordering: .relaxed) }

  /// Runs `body(0) … body(tasks − 1)`, each once, on the process's threads; returns when all ended.
  ///
  /// Tasks are handed out one at a time, so at least two per worker balance themselves. A loop
  /// inside a task runs on that task's thread alone.
  package static func run(_ tasks: Int, _ body: @Sendable (Int) -> Void) {
    BLAS.prepare()
    let threads = min(count, tasks)
    guard threads > 1, !isInsideTask else {
      for task in 0..<max(0, tasks) { body(task) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      Thread.current.threadDictionary[insideKey] = true
      defer { Thread.current.threadDictionary.removeObject(forKey: insideKey) }
      while true {
        let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard task < tasks else { return }
        body(task)
      }
    }
  }

  /// As `run`, for tasks that can fail: every task runs, then the error of the lowest one is thrown.
  package static func run<E: Error>(
    _ tasks: Int, throwing: E.Type, _ body: @Sendable (Int) throws(E) -> Void
  ) throws(E) {
    let failure = Mutex<(task: Int, error: E)?>(nil)
    run(tasks) { task in
      do throws(E) { try body(task) } catch {
        failure.withLock { first in
          if task < first?.task ?? Int.max { first = (task, error) }
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
  }

  private static let insideKey = "isobath.workers.inside"
  private static var isInsideTask: Bool { Thread.current.threadDictionary[insideKey] != nil }
}
