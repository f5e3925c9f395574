// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import IsobathMeasure
import IsobathModel
import IsobathRecord

/// Reads states with the language-model head: how well they foretell the next token.
struct LensMeasurement: Sendable {
  let lens: LogitLens
  let choice: Companions.Lens

  /// The model's own loss and the entropy of its predictions, of the whole document.
  func final(_ states: MatrixView, ids: [Int32], isNormed: Bool) -> [ScalarRow] {
    read(states, ids, isNormed: isNormed, site: nil, [.loss, .predictionEntropy])
  }

  /// The same at a residual through the final norm; nothing unless the lens looks everywhere.
  func residual(_ states: MatrixView, ids: [Int32], site: Site, index: Int) -> [ScalarRow] {
    guard choice == .all, case .residual = site else { return [] }
    return read(states, ids, isNormed: false, site: index, [.lensLoss, .lensEntropy])
  }

  private func read(
    _ states: MatrixView, _ ids: [Int32], isNormed: Bool, site: Int?, _ names: [SiteScalar]
  ) -> [ScalarRow] {
    let reading = lens(states, ids: ids, isNormed: isNormed)
    return zip(names, [reading.loss, reading.entropy]).map { scalar, values in
      let mean: Result<Double, MissingReason> =
        values.isEmpty
        ? .failure(.noNextToken) : .success(values.reduce(0, +) / Double(values.count))
      return ScalarRow(site: site, scalar.id, mean, unit: scalar.unit)
    }
  }
}
