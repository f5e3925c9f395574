// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Which layers arrange the documents alike.
struct LayersSection: ReportSection {
  let title = "Which layers are alike"

  /// Layers of a group are all at least so similar.
  private static let threshold = 0.9

  /// Two layers and how alike they are.
  private struct Pair {
    let first: Int
    let second: Int
    let value: Double?
  }

  func content(_ data: ReportData) -> SectionContent? {
    let pairs = pairs(data, "debiased-cka")
    let layers = Set(pairs.flatMap { [$0.first, $0.second] }).sorted()
    guard layers.count > 2, pairs.contains(where: { $0.value != nil }) else { return nil }
    let finding = finding(data, pairs, layers)
    let text = """
      Layers compared by how they arrange the documents, each document's mean state being an example. \
      \(finding)\(ends(data)) Debiased CKA is 1 for the same arrangement up to rotation and scale, and near \
      0 for unrelated ones however few documents there are.
      """
    return SectionContent(
      blocks: [.paragraph(Prose(text))], figures: [figure(data, pairs, layers, finding)])
  }

  private func pairs(_ data: ReportData, _ measure: String) -> [Pair] {
    data.rows("layer-similarity", measure, preparation: "").compactMap { row in
      guard let other = LayerSimilarity.other(row), let first = residualDepth(row.site),
        let second = residualDepth(other)
      else { return nil }
      return Pair(first: first, second: second, value: row.estimate)
    }
  }

  /// The fewest contiguous groups whose layers are all alike.
  private func groups(_ pairs: [Pair], _ layers: [Int]) -> [ClosedRange<Int>] {
    var unlike: [Int: Set<Int>] = [:]
    for pair in pairs where !((pair.value ?? 0) >= Self.threshold) {
      unlike[max(pair.first, pair.second), default: []].insert(min(pair.first, pair.second))
    }
    var groups: [ClosedRange<Int>] = []
    for layer in layers {
      let start = groups.last?.lowerBound ?? layer
      if groups.isEmpty || (unlike[layer] ?? []).contains(where: { $0 >= start }) {
        groups.append(layer...layer)
      } else {
        groups[groups.count - 1] = start...layer
      }
    }
    return groups
  }

  private func finding(_ data: ReportData, _ pairs: [Pair], _ layers: [Int]) -> String {
    let groups = groups(pairs, layers)
    let names = groups.map { group in
      group.count == 1 ? "\(group.lowerBound)" : "\(group.lowerBound) to \(group.upperBound)"
    }
    let level = Wording.number(Self.threshold, 1)
    guard groups.count > 1 else {
      return "All depths are alike: debiased CKA is at least \(level) between any two."
    }
    guard 2 * groups.count <= layers.count + 3 else {
      return """
        Few depths are alike: groups with debiased CKA of at least \(level) between any two would be \
        \(groups.count) for \(layers.count) depths.
        """
    }
    return """
      With debiased CKA of at least \(level) between any two of a group, the depths fall into \
      \(groups.count) groups: \(names.joined(separator: ", ")) blocks.
      """
  }

  /// What the last norm leaves of the last block's arrangement.
  private func ends(_ data: ReportData) -> String {
    let rows = data.rows("layer-similarity", "debiased-cka", preparation: "")
    let row = rows.first {
      $0.site == "residual.\(data.blocks)" && LayerSimilarity.other($0) == "final-norm"
    }
    guard let value = row?.estimate else { return "" }
    return " The final norm and the last block before it have \(Wording.number(value, 2))."
  }

  private func figure(
    _ data: ReportData, _ pairs: [Pair], _ layers: [Int], _ alt: String
  ) -> Figure {
    let cells =
      pairs + pairs.map { Pair(first: $0.second, second: $0.first, value: $0.value) }
      + layers.map { Pair(first: $0, second: $0, value: 1) }
    let n = data.rows("layer-similarity", "debiased-cka", preparation: "").first?.n ?? 0
    let chart = Chart(
      "Similarity of layers",
      subtitle: "\(data.model): debiased linear CKA over the mean states of \(n) documents",
      description: alt, x: Axis("Blocks passed (0 = embedding)"),
      y: Axis("Blocks passed"), color: ColorAxis("Debiased CKA"), width: 560, panelHeight: 420
    ) { Cell(cells, x: \.first, y: \.second, fill: \.value) }
    let neighbours = self.pairs(data, "mutual-knn")
    let value = { (pairs: [Pair], a: Int, b: Int) in
      Wording.number(pairs.first { $0.first == a && $0.second == b }?.value, 3)
    }
    let last = layers[layers.count - 1]
    let rows = zip(layers, layers.dropFirst()).map { a, b in
      [
        "residual.\(b)", value(pairs, a, b), value(neighbours, a, b), value(pairs, layers[0], b),
        b == last ? "1.000" : value(pairs, b, last),
      ]
    }
    let table = Table(
      ["site"],
      numbers: [
        "CKA with the depth before", "neighbours shared with it", "CKA with the first",
        "CKA with the last",
      ], rows)
    return Figure(name: "layer-similarity", chart: chart, alt: alt, table: table)
  }
}
