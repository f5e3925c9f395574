// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathNotebook
import IsobathRecord
import IsobathTestSupport
import Testing

/// Notebooks of comparisons, laws of size, courses of training and studies.
@Suite(.serialized) struct KindTests {
  private func execute(_ inputs: NotebookInputs, last: String = "") throws -> NotebookRun {
    let folder = try Fixtures.temporaryFolder("isobath-notebook")
    let path = try NotebookFiles(inputs).write(toFolder: folder.path(percentEncoded: false))
    return try NotebookRun(path, last: last)
  }

  private static let kinds: [NotebookKind] = [.comparison, .sizes, .stages, .study]

  private func inputs(_ kind: NotebookKind) -> NotebookInputs {
    let samples = KindSamples()
    return switch kind {
    case .run: NotebookSamples().inputs
    case .comparison: samples.comparison()
    case .sizes: samples.sizes()
    case .stages: samples.stages()
    case .study: samples.study()
    }
  }

  @Test(arguments: kinds)
  func theNotebookAsAWhole(kind: NotebookKind) throws {
    let file = try #require(NotebookFiles(inputs(kind)).files.first)
    #expect(file.name == "\(kind).ipynb")
    try expectGolden(file.text, "notebook/\(file.name)")
  }

  @Test(arguments: kinds)
  func theTablesAreTheReportsRowsAndTheirRuns(kind: NotebookKind) throws {
    let inputs = inputs(kind)
    let files = NotebookFiles(inputs).files
    #expect(
      files.map(\.name).dropFirst() == [
        "records.csv", "runs.csv", "dictionary.json", "dictionary.md",
      ])
    #expect(files[1].text == RecordFormat.csv.text(inputs.records.sortedForExport()))
    #expect(files[2].text.split(separator: "\n").count == 1 + inputs.subjects.count)
    let columns = try #require(try JSONDocument(Array(files[3].text.utf8)).root["columns"])
    let names = try #require(columns["runs.csv"]).elements.compactMap { $0["name"]?.string }
    #expect(names.joined(separator: ",") == files[2].text.prefix { $0 != "\n" })
    for name in names { #expect(files[4].text.contains("| `\(name)` |")) }
  }

  @Test func aComparisonIsDrawnAndItsFindingIsThatOfTheRows() throws {
    let run = try execute(
      KindSamples().comparison(), last: "print('range:', ranges['estimate'].iloc[0])")
    #expect(run.figures == 6)
    #expect(!run.printed.contains("no rows"))
    #expect(run.printed.contains("range: \(-0.92 / 3)"))
    #expect(
      run.printed.contains("mean change, block 2 to block 4: -0.3067 nats, as the finding says"))
    #expect(run.printed.contains("sites with adjusted p < 0.05: 3 of 8"))
  }

  @Test func unpairedMeansAreDrawnWithoutTests() throws {
    let run = try execute(KindSamples().comparison(isPaired: false))
    #expect(run.figures == 3)
    #expect(
      run.printed.contains("largest mean difference, block 3: -0.4 nats, as the finding says"))
    for absent in ["Diff-eRank", "effect sizes", "CKA between the models"] {
      #expect(run.printed.contains("no rows for this figure: \(absent)"))
    }
  }

  /// The text of one study and the rows of another do not pass for each other.
  @Test func aFindingThatTheRowsDoNotHaveStopsTheNotebook() throws {
    let other = "Fine-tuning lowers the matrix entropy after blocks 2–4 of 6 by 0.32 nats."
    #expect {
      _ = try execute(KindSamples().comparison(finding: other))
    } throws: { error in
      "\(error)".contains("the rows have mean change, block 2 to block 4: -0.306667")
    }
  }

  @Test func lawsOfSizeAreDrawnWithTheirControl() throws {
    let samples = KindSamples()
    let run = try execute(
      samples.sizes(), last: "print('h:', lines['h'].iloc[0].round(9), len(lines))")
    #expect(run.figures == 2)
    #expect(run.printed.contains("Family, b: 0.05, as the finding says"))
    #expect(run.printed.contains("correlation with 1/ln d: 0.9"))
    let h = (samples.control.entropy * 1e9).rounded() / 1e9
    #expect(run.printed.contains("h: \(h) 1"), "\(run.printed)")
    let alone = try execute(samples.sizes(published: false))
    #expect(alone.figures == 1)
    #expect(alone.printed.contains("no rows for this figure: the published form H/ln d"))
  }

  @Test func aCourseOfTrainingIsDrawn() throws {
    let run = try execute(KindSamples().stages())
    #expect(run.figures == 4)
    #expect(!run.printed.contains("no rows"))
    let totals = KindSamples().stages().records.filter { $0.analysis == "stage-total" }
    let fall = String(format: "%.4g", try #require(totals.compactMap(\.estimate).min()))
    #expect(run.printed.contains("largest change from step 0 to 1024, block 4: \(fall) nats"))
    #expect(run.printed.contains("sites that change, of 8: 8, as the finding says"))
    #expect(run.printed.contains("that stand, of 24: 24, as the finding says"))
    let still = try execute(KindSamples().stages([0, 5], moves: false))
    #expect(still.figures == 4)
    #expect(still.printed.contains("no change from step 0 to step 5 at any of 8 sites"))
  }

  @Test func aStudyIsDrawnUnderItsOwnNames() throws {
    let run = try execute(
      KindSamples().study(),
      last: "print(list(pd.DataFrame(lines)[['model', 'corpus', 'H there (nats)']].iloc[5]))")
    #expect(run.figures == 1)
    for count in ["models: 3", "corpora: 2", "runs: 6"] {
      #expect(run.printed.contains("\(count), as the finding says"))
    }
    #expect(run.printed.contains("over $talk$"))
    #expect(run.printed.contains("['model {2}', '$talk$', "))
    let one = try execute(KindSamples().study(corpora: ["only"], models: 1))
    #expect(one.figures == 1)
    #expect(one.printed.contains("runs: 1, as the finding says"))
  }

  @Test func findingsStayTexts() throws {
    let hostile = "<img src=x> [a](javascript:b) $x$ **y** `z` https://a.b \\(c\\)"
    let inputs = KindSamples().comparison(finding: hostile)
    let file = try #require(NotebookFiles(inputs).files.first)
    let cells = try JSONDocument(Array(file.text.utf8)).root["cells"]?.elements ?? []
    let heading = try #require(cells.first { $0["id"]?.string == "finding-heading" })
    let source = (heading["source"]?.elements ?? []).compactMap(\.string).joined()
    for part in ["<img", "](", "$", "**y", "`", "://", "\\("] { #expect(!source.contains(part)) }
    #expect(source.contains("**&#60;img src&#61;x&#62; "))
  }
}
