// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathReport

/// What `scale` prints: the findings, the control, and the fits.
struct ScalingSummary {
  private let answers: [ScalingAnswer]
  private let findings: [String]

  init(_ answers: [ScalingAnswer], findings: [String]) {
    self.answers = answers
    self.findings = findings
  }

  var text: String {
    var lines = findings.flatMap { [$0, ""] }
    let controls = ScalingTables.controls(answers)
    if !controls.isEmpty {
      lines += ["The control: what 1/ln d alone explains of H/ln d"]
      lines += Self.aligned(ScalingTables.controlColumns, controls, texts: 2) + [""]
    }
    lines += ["Laws of size: a·P^(−b), and a·P^(−b) + c"]
    lines += Self.aligned(ScalingTables.fitColumns, ScalingTables.fits(answers), texts: 3)
    return lines.map(Terminal.printable).joined(separator: "\n")
  }

  /// Columns of equal width: so many texts at their left, numbers at their right.
  private static func aligned(_ header: [String], _ rows: [[String]], texts: Int) -> [String] {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    return ([header] + rows).map { row in
      let line = row.indices.map { column in
        column < texts
          ? row[column] + String(repeating: " ", count: widths[column] - row[column].count)
          : Numbers.padded(row[column], widths[column])
      }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
