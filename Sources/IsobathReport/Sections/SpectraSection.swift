// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// The mean spectrum at several depths, on two logarithmic axes.
struct SpectraSection: ReportSection {
  let title = "Spectra"

  /// Shares below are rounding: repeated tokens have equal embeddings, and eigenvalues of zero.
  private let leastShare = 1e-9

  private struct Eigenvalue {
    let layer: Int
    let rank: Int
    let share: Double
  }

  func content(_ data: ReportData) -> SectionContent? {
    let chosen = depths(data)
    guard chosen.count > 1 else { return nil }
    let alt = finding(data, chosen)
    let rows = chosen.flatMap { layer, spectrum in
      thinned(spectrum, data).map {
        Eigenvalue(layer: layer, rank: $0 + 1, share: spectrum.shares[$0])
      }
    }
    let chart = Chart(
      "Mean spectrum at several depths",
      subtitle: "\(data.model): eigenvalues of each document's covariance, trace one, mean over "
        + "documents",
      description: alt, x: Axis("Rank i", scale: .log),
      y: Axis("Eigenvalue pᵢ (share of the variance)", scale: .log),
      color: ColorAxis("Blocks passed")
    ) { Line(rows, x: \.rank, y: \.share, series: \.layer) }
    let ranks = [1, 2, 4, 8, 16, 32, 64, 128, 256]
    let table = Table(
      ["site"], numbers: ranks.map { "p_\($0)" },
      chosen.map { _, spectrum in
        [spectrum.site]
          + ranks.map {
            $0 <= spectrum.shares.count ? Wording.number(spectrum.shares[$0 - 1], 5) : "–"
          }
      })
    let text = """
      What the entropies summarise: how the variance is shared among directions. \(alt) A rank is drawn \
      while at least half of the documents have so many tokens; the last eigenvalue, zero by centring, \
      and shares below 10⁻⁹ are left out.
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))],
      figures: [Figure(name: "spectra-by-depth", chart: chart, alt: alt, table: table)])
  }

  /// Five depths: the ends, the valley, and the middles between them.
  private func depths(_ data: ReportData) -> [(layer: Int, spectrum: MeanSpectrum)] {
    let blocks = data.blocks
    let valley = data.answer("valley")?.estimate.map { Int(($0 * Double(blocks)).rounded()) }
    var layers: Set<Int> = [0, blocks]
    if let valley { layers.formUnion([valley / 2, valley, (valley + blocks) / 2]) }
    return layers.sorted().compactMap { layer in
      let spectrum = data.spectra.first { $0.site == "residual.\(layer)" && !$0.shares.isEmpty }
      return spectrum.map { (layer, $0) }
    }
  }

  /// Indices of the ranks that are drawn: those of at least half of the documents, fewer as they grow.
  private func thinned(_ spectrum: MeanSpectrum, _ data: ReportData) -> [Int] {
    let common = spectrum.documents.prefix { 2 * $0 >= data.documents }.count
    var (ranks, next) = ([Int](), 0.0)
    for index in 0..<max(0, common - 1) where Double(index) >= next {
      ranks.append(index)
      next = max(Double(index + 1), next * 1.04)
    }
    return ranks.filter { spectrum.shares[$0] > leastShare }
  }

  private func finding(_ data: ReportData, _ chosen: [(layer: Int, spectrum: MeanSpectrum)])
    -> String
  {
    let firsts = chosen.map { layer, spectrum in
      "\(Wording.percent(spectrum.shares[0])) after \(layer) blocks"
    }
    return "The strongest direction carries \(firsts.joined(separator: ", "))."
  }
}
