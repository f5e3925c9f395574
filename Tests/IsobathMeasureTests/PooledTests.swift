// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import IsobathMeasure
import IsobathTestSupport
import Testing

/// Pooled matrices: merged in any order, and against all rows at once.
@Suite struct PooledTests {
  private let parts: [Matrix] = [17, 1, 40, 3, 25].enumerated().map { index, rows in
    Shape(description: "", rows: rows, columns: 12, offset: 30, long: [0: 500]).states(
      seed: UInt64(index))
  }

  private func moment(_ order: [Int], rows: Preparation.Rows = .asTheyAre) throws -> RunningMoment {
    var moment = RunningMoment(width: 12, rows: rows)
    for index in order { try parts[index].withView { try moment.add($0) } }
    return moment
  }

  private func compare(_ a: RunningMoment, _ b: RunningMoment, _ worst: WorstError) throws {
    #expect(a.count == b.count && a.droppedRows == b.droppedRows)
    for (x, y) in zip(a.mean, b.mean) { worst.record((x - y) / (abs(y) + 1), at: "mean") }
    for centring in Preparation.Centring.allCases {
      let (p, q) = (try a.spectrum(centring), try b.spectrum(centring))
      #expect(p.tokens == q.tokens && p.eigenvalues.count == q.eigenvalues.count)
      for (x, y) in zip(p.eigenvalues, q.eigenvalues) { worst.record(x - y, at: "\(centring)") }
    }
  }

  @Test(arguments: Preparation.Rows.allCases) func anyOrderGivesTheSame(_ rows: Preparation.Rows)
    throws
  {
    let worst = WorstError("merges, \(rows)", tolerance: Tolerance.closedForm)
    let whole = try moment([0, 1, 2, 3, 4], rows: rows)
    try compare(try moment([4, 2, 0, 3, 1], rows: rows), whole, worst)
    var merged = try moment([3], rows: rows)
    merged.merge(try moment([1, 4], rows: rows))
    var rest = try moment([], rows: rows)
    rest.merge(try moment([2, 0], rows: rows))
    merged.merge(rest)
    try compare(merged, whole, worst)
    worst.check()
  }

  @Test func againstAllRowsAtOnce() throws {
    let worst = WorstError("running against whole", tolerance: Tolerance.closedForm)
    let all = Matrix(86, 12, parts.flatMap(\.elements))
    let cases: [(String, Preparation.Rows, Preparation.Centring)] = [
      ("raw", .asTheyAre, .none), ("unit", .unit, .none), ("centred", .asTheyAre, .tokens),
    ]
    for (id, rows, centring) in cases {
      let preparation = try #require(Preparation(id: id))
      let known = try all.withView {
        try DocumentEvidence($0, preparations: [preparation], positions: .none)
          .prepared[0].spectrum.get()
      }
      let found = try moment([0, 1, 2, 3, 4], rows: rows).spectrum(centring)
      #expect(found.tokens == known.tokens && found.width == known.width)
      for (a, b) in zip(found.eigenvalues, known.eigenvalues) { worst.record(a - b, at: id) }
    }
    worst.check()
  }

  @Test func fewRowsHaveFewEigenvalues() throws {
    let few = try moment([3]).spectrum(.tokens)
    #expect(few.eigenvalues.count == 3 && few.tokens == 3 && few.width == 12)
    #expect(abs(few.eigenvalues[2]) < 1e-15)
  }

  @Test func zeroRows() throws {
    let zeros = Matrix(2, 3, [0, 0, 0, 0, 0, 0])
    var unit = RunningMoment(width: 3, rows: .unit)
    try zeros.withView { try unit.add($0) }
    #expect(unit.count == 0 && unit.droppedRows == 2)
    #expect(throws: MissingReason.allZero) { try unit.spectrum(.none) }
    var plain = RunningMoment(width: 3)
    #expect(throws: MissingReason.noTokens) { try plain.spectrum(.none) }
    try zeros.withView { try plain.add($0) }
    #expect(plain.count == 2)
    #expect(throws: MissingReason.allEqual) { try plain.spectrum(.tokens) }
    #expect(throws: MissingReason.allZero) { try plain.spectrum(.none) }
    // A zero row has its part in the mean.
    try Matrix(2, 3, [4, 0, 0, 0, 0, 0]).withView { try plain.add($0) }
    #expect(plain.count == 4 && plain.mean == [1, 0, 0])
    var one = RunningMoment(width: 1)
    try Matrix(1, 1, [2]).withView { try one.add($0) }
    #expect(throws: MissingReason.oneToken) { try one.spectrum(.tokens) }
    #expect(try one.spectrum(.none).eigenvalues == [1])
    #expect(throws: MissingReason.notFinite) {
      try Matrix(2, 1, [2, .nan]).withView { try one.add($0) }
    }
    #expect(one.count == 1)
  }

  @Test func rowsOfDocuments() throws {
    let x = Matrix(3, 2, [90, 60, 1, 2, 3, 6])
    let last = try x.withView { try RowPooling.last($0) }
    #expect(last == [3, 6])
    let mean = try x.withView { try RowPooling.mean($0, mask: .withoutFirst) }
    #expect(mean == [2, 4])
    let calm = try x.withView { try RowPooling.mean($0, mask: .withoutSinks) }
    #expect(calm == [2, 4])
    let all = MaskRule(special: Set(0..<3))
    #expect(throws: MissingReason.maskedOut) {
      try x.withView { try RowPooling.mean($0, mask: .withoutSpecial, rule: all) }
    }
    #expect(throws: MissingReason.noTokens) {
      try Matrix(0, 2, []).withView { try RowPooling.mean($0) }
    }
    #expect(throws: MissingReason.notFinite) {
      try Matrix(1, 1, [.infinity]).withView { try RowPooling.last($0) }
    }
  }

  @Test func pooledSpectra() throws {
    let x = Shape(description: "", rows: 30, columns: 12, offset: 3).states(seed: 9)
    var pooled = PooledRows(width: 12)
    for row in 0..<30 { pooled.add((0..<12).map { Double(x[row, $0]) }) }
    #expect(pooled.documentsPerDimension == 2.5)
    let half = stride(from: 0, to: 30, by: 2).map(\.self)
    for preparation in Preparation.all where preparation.mask == .all {
      let known = try #require(
        try PlainPreparation(x, tokens: Array(0..<30), preparation).spectrum())
      let found = try pooled.spectrum(preparation)
      for (a, b) in zip(found.eigenvalues, known.eigenvalues) { #expect(abs(a - b) < 1e-14) }
      let part = try #require(try PlainPreparation(x, tokens: half, preparation).spectrum())
      let some = try pooled.spectrum(preparation, documents: half)
      #expect(some.tokens == 15)
      for (a, b) in zip(some.eigenvalues, part.eigenvalues) { #expect(abs(a - b) < 1e-14) }
    }
    #expect(throws: MissingReason.noTokens) { try PooledRows(width: 2).spectrum(.paper) }
  }
}
