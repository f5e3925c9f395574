// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord
import IsobathStatistics

/// Laws of size as a folder that can be published: README.md, figures, and the rows behind them.
package struct ScalingReport: ReportFolder {
  package let files: [Report.File]
  /// One paragraph for each ladder.
  package let findings: [String]
  /// In the order of the report.
  package let ladders: [SizeLadder]
  /// Of every answer.
  package let rows: [Record]

  /// - Parameters:
  ///   - ladders: with their answers, in the order of the report.
  ///   - level: of the intervals, and how they were made; nil for published numbers, which have none.
  package init(
    _ ladders: [(ladder: SizeLadder, answers: [ScalingAnswer])],
    intervals: (level: Double, method: IntervalMethod, resamples: Int)?
  ) throws(MarkdownError) {
    var blocks: [Block] = [.heading(1, "Entropy and model size")]
    var figures: [Figure] = []
    findings = ladders.map { ScalingFinding($0.ladder.family, $0.answers).sentence }
    for finding in findings { blocks.append(.paragraph("\(strong: finding)")) }
    let answers = ladders.flatMap(\.answers)
    let controls = ScalingTables.controls(answers)
    if !controls.isEmpty {
      blocks += [
        .heading(2, "The control"), .paragraph(Prose(Self.controlText)),
        .table(
          Table(
            Array(ScalingTables.controlColumns.prefix(2)),
            numbers: Array(ScalingTables.controlColumns.dropFirst(2)), controls)),
      ]
    }
    for (ladder, answers) in ladders {
      blocks.append(.heading(2, Prose(ladder.family)))
      blocks += Self.blocks(ladder, answers)
      for figure in ScalingFigures(family: ladder.family, answers: answers).all {
        blocks += try figure.blocks()
        figures.append(figure)
      }
    }
    blocks += Self.methods(ladders.map(\.ladder), answers, intervals)
    self.ladders = ladders.map(\.ladder)
    rows = answers.flatMap(\.records)
    files = ScalingReport.files(blocks, rows: rows, figures: figures)
  }

  private static let controlText = """
    H/ln d falls with width even when H does not move, as wider models have a larger denominator. The \
    control asks how much of the published value follows from that: its correlation with 1/ln d, and \
    the R² of h/ln d, in which the entropy h is one number for all sizes and nothing is known of a \
    model but its width. The last columns compare b of the published value with b of the control \
    alone, and with b of raw H.
    """

  private static func blocks(_ ladder: SizeLadder, _ answers: [ScalingAnswer]) -> [Block] {
    var blocks: [Block] = [
      .table(
        Table(
          Array(ScalingTables.fitColumns[1..<3]),
          numbers: Array(ScalingTables.fitColumns.dropFirst(3)),
          ScalingTables.fits(answers).map { Array($0.dropFirst()) }))
    ]
    let reasons = ScalingTables.reasons(answers)
    if !reasons.isEmpty {
      blocks.append(
        .details(summary: "Laws without a fit", [.bullets(reasons.map { Prose($0) })]))
    }
    if let leftOut = ScalingTables.leftOut(answers) {
      blocks.append(.details(summary: "b with each size left out", [.table(leftOut)]))
    }
    blocks.append(.details(summary: "The models", [.table(models(ladder))]))
    return blocks
  }

  private static func models(_ ladder: SizeLadder) -> Table {
    Table(
      ["model", "run"], numbers: ["parameters", "without embeddings", "width d"],
      ladder.models.map { model in
        [
          model.label, model.run.isEmpty ? "published" : model.run, "\(model.parameters)",
          model.nonEmbedding.map { "\($0)" } ?? "not known", "\(model.width)",
        ]
      })
  }

  private static func methods(
    _ ladders: [SizeLadder], _ answers: [ScalingAnswer],
    _ intervals: (level: Double, method: IntervalMethod, resamples: Int)?
  ) -> [Block] {
    let bootstrap =
      intervals.map { found in
        """
        Brackets are \(Wording.percent(found.level)) intervals (\(found.method.title), \
        \(found.resamples) resamples): each resample draws the same documents for every model and goes \
        through the whole fit.
        """
      }
        ?? """
        The papers print means alone: there are no documents to resample, so that ± is the standard error \
        of the fit, and no lengths, so that there is no deficit.
        """
    let quantities = ScaledQuantity.allCases.filter { quantity in
      answers.contains { $0.quantity == quantity }
    }
    let notes = ladders.flatMap { ladder in ladder.notes.map { "\(ladder.family): \($0)." } }
    return [
      .heading(2, "Method"),
      .paragraph(
        Prose(
          """
          P counts all parameters; where the embeddings are known, records.csv has the fits without \
          them too. a·P^(−b) and a·P^(−b) + c are fitted by nonlinear least squares on the values \
          themselves (GSL, Levenberg–Marquardt), from the best of a grid of b, and R² is on the same \
          scale; standard errors come from the Jacobian. p of c is an F test of the constant. A constant \
          that cannot be told from a straight line in ln P (b within two standard errors of 0) has no \
          number here, and neither has a law of fewer than four sizes. \(bootstrap)
          """)),
      .bullets(quantities.map { "\(strong: $0.title): \($0.about)" }),
      .heading(2, "Provenance"),
      .bullets(ladders.map { Prose("\($0.family): \($0.source).") } + notes.map { Prose($0) }),
      .heading(2, "Limits"),
      .bullets([
        """
        A few sizes cannot tell a power law from a straight line in ln P, nor size from width, depth or \
        the number of training tokens, which grow together in these families.
        """,
        "A high R² of a law with few sizes says little: so many smooth curves through them have one.",
      ]),
    ]
  }
}
