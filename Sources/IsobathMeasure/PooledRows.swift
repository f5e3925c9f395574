// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// One row of a pooled matrix from one document's states.
package enum RowPooling: String, Sendable, CaseIterable {
  /// The mean over the tokens that the mask leaves.
  case mean
  /// The last of the tokens that the mask leaves.
  case last

  /// The row, in float64.
  ///
  /// - Parameters:
  ///   - states: one document's states, tokens × width.
  ///   - mask: which tokens take part; a sink left in fills the mean.
  ///   - rule: what the mask leaves out.
  package func callAsFunction(
    _ states: MatrixView, mask: Preparation.Mask = .all, rule: MaskRule = MaskRule()
  ) throws(MissingReason) -> [Double] {
    guard states.rows > 0 else { throw .noTokens }
    let tokens =
      mask == .all
      ? Array(0..<states.rows) : try rule.tokens(mask, norms: rowNorms(states))
    guard let first = tokens.first, let last = tokens.last else { throw .maskedOut }
    let pooled: [Double]
    if self == .last {
      pooled = widened(states, rows: [last])
    } else if last - first == tokens.count - 1 {
      pooled = columnSums(states.rows(first..<(last + 1))).map { $0 / Double(tokens.count) }
    } else {
      let sum = weightedSum(
        widened(states, rows: tokens), rows: tokens.count, columns: states.columns,
        tokens.map { _ in 1 })
      pooled = sum.map { $0 / Double(tokens.count) }
    }
    guard pooled.allSatisfy(\.isFinite) else { throw .notFinite }
    return pooled
  }
}

/// A matrix with one row for each document, at one site: the pooled entropy's.
///
/// Trap: its entropy is biased downwards by the number of documents, far below min(N, d) directions;
/// intervals need the block jackknife, since a bootstrap repeats rows. Warn below three documents for
/// each dimension.
package struct PooledRows: Sendable {
  /// Each document's row.
  package private(set) var rows: [[Double]] = []
  /// d.
  package let width: Int

  package init(width: Int) { self.width = width }

  /// Takes one document's row in.
  package mutating func add(_ row: [Double]) {
    precondition(row.count == width, "PooledRows: a row of \(row.count), not \(width)")
    rows.append(row)
  }

  /// N/d: below 3 the estimate says more of N than of the states.
  package var documentsPerDimension: Double { Double(rows.count) / Double(width) }

  /// The spectrum of all rows, or of some of them: halves and blocks for the bias and the jackknife.
  ///
  /// - Parameters:
  ///   - preparation: its centring and rows; its mask was applied within documents, by `RowPooling`.
  ///   - documents: which rows take part; all unless said.
  package func spectrum(
    _ preparation: Preparation, documents: [Int]? = nil
  ) throws(MissingReason) -> Spectrum {
    let documents = documents ?? Array(rows.indices)
    return try Prepared(
      documents.flatMap { rows[$0] }, tokens: documents, width: width, preparation
    ).kernel.spectrum()
  }
}
