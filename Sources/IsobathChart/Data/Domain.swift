// SPDX-License-Identifier: GPL-3.0-or-later

/// Everything that one scale must hold, gathered from the marks before any scale exists.
package struct Domain: Sendable {
  /// Finite, and within ±1e307 so that a span never overflows.
  private(set) var numbers: [Double] = []
  private(set) var names: [String] = []
  private var known: Set<String> = []
  /// Cells fill the axis from the first one's edge to the last one's.
  var holdsCells = false
  /// Boxes and swarms need room beside the outermost numbers, as cells do.
  var holdsSlots = false

  mutating func add(_ value: Value) {
    switch value {
    case .number(let number): numbers.append(min(max(number, -1e307), 1e307))
    case .name(let name): if known.insert(name).inserted { names.append(name) }
    case .missing: break
    }
  }

  mutating func add(_ values: [Value]) {
    for value in values { add(value) }
  }

  mutating func merge(_ other: Domain) {
    numbers += other.numbers
    for name in other.names { add(.name(name)) }
    holdsCells = holdsCells || other.holdsCells
    holdsSlots = holdsSlots || other.holdsSlots
  }

  var isEmpty: Bool { numbers.isEmpty && names.isEmpty }

  /// Whether every number is a whole one, as layers are: then no tick falls between two of them.
  var isWhole: Bool { numbers.allSatisfy { $0.rounded() == $0 && abs($0) < 1e15 } }
}

/// What the scales and the legend learn from the marks.
package struct Training: Sendable {
  package var x = Domain()
  package var y = Domain()
  /// The numbers that colours stand for.
  package var color = Domain()
  /// The keys of the series, which colour, dash and shape stand for.
  package var series = Domain()
  /// Whether some cell has no value, which the legend then explains.
  package var hasMissingCells = false

  mutating func merge(_ other: Training) {
    x.merge(other.x)
    y.merge(other.y)
    color.merge(other.color)
    series.merge(other.series)
    hasMissingCells = hasMissingCells || other.hasMissingCells
  }
}
