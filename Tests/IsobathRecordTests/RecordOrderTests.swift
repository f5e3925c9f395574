// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import Testing

@Suite struct RecordOrderTests {
  private static let ordered: [Record] = [
    Record(run: "r", analysis: "mean", measure: "entropy", depth: 0, site: "residual.0"),
    Record(run: "r", analysis: "mean", measure: "entropy", depth: 0.5, site: "attention-out.0"),
    Record(run: "r", analysis: "mean", measure: "entropy", depth: 0.5, site: "residual-mid.0"),
    Record(run: "r", analysis: "mean", measure: "entropy", depth: 0.5, site: "mlp-out.0"),
    Record(run: "r", analysis: "mean", measure: "entropy", depth: 0.5, site: "residual.1"),
    Record(run: "r", analysis: "mean", measure: "entropy", depth: 1, site: "residual.2"),
    Record(run: "r", analysis: "mean", measure: "entropy", depth: 1, site: "final-norm"),
    Record(run: "r", analysis: "mean", measure: "renyi-entropy", order: 0.5),
    Record(run: "r", analysis: "mean", measure: "renyi-entropy", order: 2),
    Record(run: "r", analysis: "mean", measure: "renyi-entropy", order: .infinity),
    Record(run: "r", document: "doc-2", measure: "entropy"),
    Record(run: "r", document: "doc-2", measure: "entropy", position: 9),
    Record(run: "r", document: "doc-2", measure: "entropy", position: 10),
    Record(run: "r", document: "doc-002"),
    Record(run: "r", document: "doc-10"),
    Record(run: "r", document: "doc-10a"),
    Record(run: "r", document: "doc-99999999999999999999999999"),
    Record(run: "r", document: "docs"),
    Record(run: "s"),
  ]

  @Test func rowsComeInOneOrder() {
    let orders = Self.ordered.indices.map { start in
      Array(Self.ordered[start...] + Self.ordered[..<start])
    }
    for rows in orders + [Self.ordered.reversed()] {
      #expect(rows.sortedForExport().map(\.site) == Self.sorted.map(\.site))
      #expect(rows.sortedForExport() == Self.sorted)
    }
  }

  /// `doc-002` and `doc-2` are the same number: the bytes decide, 0 before 2.
  private static let sorted: [Record] = {
    var rows = ordered
    let zeros = rows.remove(at: 13)
    rows.insert(zeros, at: 10)
    return rows
  }()

  @Test func anyTwoRowsThatDifferHaveAnOrder() {
    let rows = Self.ordered + Samples.records
    for (i, left) in rows.enumerated() {
      for (j, right) in rows.enumerated() {
        #expect(left.comesBefore(right) != right.comesBefore(left) || i == j, "\(i), \(j)")
      }
    }
  }
}

extension Record {
  /// In the order of the fields that sort first.
  fileprivate init(
    run: String, document: String = "", analysis: String = "", measure: String = "",
    order: Double? = nil, depth: Double? = nil, site: String = "", position: Int? = nil
  ) {
    self.init(
      run: run, document: document, site: site, depth: depth, position: position, measure: measure,
      order: order, analysis: analysis)
  }
}
