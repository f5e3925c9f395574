// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathNotebook
import IsobathRecord
import IsobathTestSupport
import Testing

/// Notebooks run from their first cell to their last.
@Suite(.serialized) struct ExecutionTests {
  /// Runs a study's notebook; what its cells printed and how many figures it drew.
  private func execute(_ inputs: NotebookInputs) throws -> (printed: String, figures: Int) {
    let folder = try Fixtures.temporaryFolder("isobath-notebook")
    let path = try NotebookFiles(inputs).write(toFolder: folder.path(percentEncoded: false))
    let check = "print('documents:', sorted(records['document'].unique())[1:])"
    let run = try NotebookRun(path, last: check)
    return (run.printed, run.figures)
  }

  @Test func everyFigureIsDrawnAndTheFindingIsThatOfTheRows() throws {
    let (printed, figures) = try execute(NotebookSamples().inputs)
    #expect(figures == 5)
    #expect(!printed.contains("no rows"))
    // What spreadsheets and terminals would obey, and what pandas would take for a missing value.
    let names = #"["'tis", '</script><b>', "=cmd|' /C calc'!A0", 'NA', '\\u001b[31mred', "#
    #expect(printed.contains(names))
    let sentence = try expectedSentence(NotebookSamples())
    #expect(printed.contains(sentence), "\(printed)\nand not\n\(sentence)")
  }

  /// The finding, written from the same rows without the notebook.
  private func expectedSentence(_ samples: NotebookSamples) throws -> String {
    func row(_ analysis: String, _ measure: String, _ site: String) throws -> Record {
      try #require(
        samples.records.first {
          $0.analysis == analysis && $0.measure == measure && $0.site == site
        })
    }
    func shown(_ row: Record) throws -> String {
      let numbers = [row.estimate, row.low, row.high]
      let texts = try numbers.map { String(format: "%.2f", try #require($0)) }
      return "\(texts[0]) [\(texts[1]), \(texts[2])] nats"
    }
    let first = try shown(try row("mean", "entropy", "residual.0"))
    let low = try shown(try row("mean", "entropy", "residual.7"))
    let last = try shown(try row("mean", "entropy", "residual.12"))
    let deficit = try shown(try row("mean", "deficit", "residual.7"))
    return """
      Over 20 documents, the matrix entropy of SmolLM2-135M is \(first) at the embedding, lowest \
      after 7 of 12 blocks (depth 0.58) with \(low), and \(last) after 12 of 12 blocks. The lowest \
      point lies between depths 0.50 and 0.67 (95 % interval over documents). There it is \(deficit) \
      below what as many random directions would have. Brackets: 95 % intervals over documents.
      """
  }

  @Test func aStudyWithLittleInItRunsToo() throws {
    var samples = NotebookSamples()
    (samples.documents, samples.blocks) = (1, 1)
    (samples.positions, samples.intervals) = (false, false)
    samples.model = "\"); \\ ü $x$ {y} <b>"
    let inputs = samples.inputs
    let bare = NotebookInputs(
      study: "bare", manifests: inputs.manifests, records: inputs.records, spectra: [],
      measures: [],
      analyses: [])
    let (printed, figures) = try execute(bare)
    #expect(figures == 3)
    #expect(printed.contains("no rows for this figure: mean spectra"))
    #expect(printed.contains("Over 1 document, the matrix entropy of \(samples.model) is"))
    #expect(!printed.contains("Brackets"))
  }

  /// One site only: nothing to compare, and no error.
  @Test func aStudyOfOneSiteRuns() throws {
    let inputs = NotebookSamples().inputs
    let one = NotebookInputs(
      study: "one", manifests: inputs.manifests,
      records: inputs.records.filter { $0.site == "residual.0" && $0.analysis != "valley" },
      spectra: [], measures: [], analyses: [])
    let (printed, figures) = try execute(one)
    #expect(figures == 4)
    #expect(printed.contains("no rows for this figure: means of the matrix entropy at two depths"))
  }
}
