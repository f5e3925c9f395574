// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import Synchronization
import Testing

/// The loop over tasks: each once, nested without harm, the first error kept.
@Suite struct WorkersTests {
  private struct Wrong: Error, Equatable {
    let task: Int
  }

  @Test func eachTaskRunsOnce() {
    let counts = Mutex([Int](repeating: 0, count: 1000))
    Workers.run(1000) { task in counts.withLock { $0[task] += 1 } }
    #expect(counts.withLock { $0.allSatisfy { $0 == 1 } })
  }

  @Test func loopsInsideTasksEnd() {
    let total = Atomic<Int>(0)
    Workers.run(8) { _ in Workers.run(8) { _ in total.add(1, ordering: .relaxed) } }
    #expect(total.load(ordering: .relaxed) == 64)
  }

  @Test func theLowestTasksErrorIsThrown() {
    #expect(throws: Wrong(task: 3)) {
      try Workers.run(50, throwing: Wrong.self) { task throws(Wrong) in
        if task >= 3 { throw Wrong(task: task) }
      }
    }
  }

  @Test func copiesAreValues() {
    let a = Matrix(2, 2, [1, 2, 3, 4])
    var b = a
    b.withMutableView { $0[0, 0] = 9 }
    #expect(a[0, 0] == 1 && b[0, 0] == 9)
    #expect((a + b).elements == [10, 4, 6, 8])
    #expect(Matrix(stacking: [a, b]).elements == [1, 2, 3, 4, 9, 2, 3, 4])
  }
}
