// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathStatistics

/// The three ways in which Wei et al. make one number of a corpus' entropies.
enum PaperAggregate: String, Analysis, CaseIterable {
  /// mean(H) / ln d.
  case a
  /// exp(mean H) / d.
  case b
  /// mean(exp H) / d.
  case c

  var id: String { "paper-\(rawValue)" }

  var title: String { "Matrix entropy of a corpus, aggregate \(rawValue)" }

  var about: String {
    let formula =
      switch self {
      case .a: "mean(H) / ln d"
      case .b: "exp(mean H) / d"
      case .c: "mean(exp H) / d"
      }
    return """
      \(formula) over documents, H their matrix entropies in nats and d the width of the states: \
      Wei et al., arXiv 2401.17139 v1, "algorithm \(rawValue)". The whole expression is computed on \
      every bootstrap resample of the documents (BCa). Dividing by ln d or d makes models of \
      different widths look ordered even where H itself does not differ: compare H as well.
      """
  }

  func rows(_ table: DocumentTable, _ options: AnalysisOptions) -> [Record] {
    let entropies = table.series(withPosition: false).filter { $0.key.measure == "entropy" }
    return Dictionary(grouping: entropies) { table.widths[$0.key.run] }.flatMap { width, series in
      guard let width else {
        return series.map { $0.row(self, unit: "1", notes: ["the run does not tell the width d"]) }
      }
      let averaged = series.map { $0.mapped(inner) }
      let intervals = table.means(averaged, options) { outer($0, width: Double(width)) }
      return zip(averaged, intervals).map { $0.row(self, $1, unit: "1") }
    }
  }

  /// What is averaged over documents.
  private func inner(_ entropy: Double) -> Double { self == .c ? exp(entropy) : entropy }

  /// What becomes of the average.
  private func outer(_ mean: Double, width: Double) -> Double {
    switch self {
    case .a: mean / log(width)
    case .b: exp(mean) / width
    case .c: mean / width
    }
  }
}
