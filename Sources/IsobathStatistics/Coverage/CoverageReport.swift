// SPDX-License-Identifier: GPL-3.0-or-later

/// The table of a coverage study as Markdown, without a date, so that the same seed gives the same
/// bytes.
package struct CoverageReport: Sendable {
  package let markdown: String

  /// - Parameters:
  ///   - study: whose seed is printed.
  ///   - groups: which tables, with their rows.
  package init(_ study: CoverageStudy, _ groups: [(group: CoverageGroup, rows: [CoverageRow])]) {
    let tables = groups.map { "\n" + Self.section($0.group, $0.rows) }
    markdown = Self.opening(study) + tables.joined()
  }

  private static func opening(_ study: CoverageStudy) -> String {
    """
    # What the intervals and tests are worth

    Samples of known truth are drawn again and again, and each interval is asked whether it holds
    that truth, each test whether it rejects what is true. A cell is the share of samples in
    percent ± its standard error; the nominal share stands in the column's head. "(k none)": k
    samples had no interval and are left out of the share. Seed \(study.seed). Made by

    ```
    isobath coverage
    ```

    """
  }

  /// One group: what it is, and its table.
  package static func section(_ group: CoverageGroup, _ rows: [CoverageRow]) -> String {
    let heads = group.claims.map { claim in
      claim.name + (claim.nominal.map { " (\(percent($0, digits: 0)))" } ?? "")
    }
    var lines = ["## \(group.title)", "", group.about, ""]
    lines.append(line(["setting", "samples"] + heads))
    lines.append(line(["---", "---:"] + heads.map { _ in "---:" }))
    for experiment in group.experiments {
      let cells = rows.filter { $0.experiment == experiment.name && $0.group == group.id }
      guard let first = cells.first else { continue }
      lines.append(line([experiment.name, "\(first.replicates)"] + cells.map(cell)))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cell(_ row: CoverageRow) -> String {
    let none = row.missing > 0 ? " (\(row.missing) none)" : ""
    guard let share = row.share else { return "none" }
    return "\(percent(share, digits: 1)) ± \(percent(row.error, digits: 1))\(none)"
  }

  private static func percent(_ share: Double, digits: Int) -> String {
    (100 * share).formatted(digits: digits)
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }
}
