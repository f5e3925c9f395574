// SPDX-License-Identifier: GPL-3.0-or-later

/// What is known of the documents of one resample, in the documents' order.
struct DrawnDocuments<Element> {
  private let documents: [Element]
  private let units: Units
  private var unit: ArraySlice<Int32> = []
  private var times: ArraySlice<Double> = []
  private(set) var elements: [Element] = []

  init(of documents: [Element], in units: Units) {
    self.documents = documents
    self.units = units
  }

  /// Takes the resample's documents, each as often as its unit was drawn.
  mutating func draw(_ block: ResampleBlock, _ resample: Int) {
    let pairs = block.starts[resample]..<block.starts[resample + 1]
    unit = block.unit[pairs]
    times = block.times[pairs]
    gather(without: nil)
  }

  /// (θ* − θ̂)/se*, se* being the resample's jackknife over its own k units, of which equal ones
  /// are left out but once and counted as often as they were drawn.
  mutating func deviate(
    _ value: Double, from estimate: Double, _ statistic: ([Element]) -> Double
  ) -> Double {
    let values = unit.map { left in
      gather(without: left)
      return statistic(elements)
    }
    let error = Jackknife(values: values).standardError(times: Array(times))
    let rounding = Distribution.rounding * max(abs(value), abs(estimate))
    let moved = value - estimate
    if abs(moved) <= rounding { return 0 }
    return moved / (error <= rounding ? 0 : error)
  }

  /// The documents of the resample, less one copy of one unit.
  private mutating func gather(without left: Int32?) {
    elements.removeAll(keepingCapacity: true)
    for (unit, times) in zip(unit, times) {
      for document in units.members[Int(unit)] {
        for _ in 0..<Int(times) - (unit == left ? 1 : 0) { elements.append(documents[document]) }
      }
    }
  }
}
