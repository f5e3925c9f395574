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
    let script = """
      import sys, warnings
      import nbformat
      from nbconvert.preprocessors import ExecutePreprocessor
      notebook = nbformat.read(sys.argv[1], as_version=4)
      nbformat.validate(notebook)
      ExecutePreprocessor(timeout=300).preprocess(notebook, {"metadata": {"path": "."}})
      outputs = [o for c in notebook.cells for o in c.get("outputs", [])]
      assert not [o for o in outputs if o.get("name") == "stderr"], outputs
      print(sum("image/png" in o.get("data", {}) for o in outputs))
      print("".join(o.get("text", "") for o in outputs if o.output_type == "stream"))
      """
    let outcome = try Python.run(["-c", script, path], in: folder)
    guard outcome.status == 0 else {
      Issue.record("\(outcome.output)")
      return ("", 0)
    }
    let lines = outcome.output.split(separator: "\n", maxSplits: 1)
    return (lines.count > 1 ? String(lines[1]) : "", Int(lines.first ?? "") ?? 0)
  }

  @Test func everyFigureIsDrawnAndTheFindingIsThatOfTheRows() throws {
    let (printed, figures) = try execute(NotebookSamples().inputs)
    #expect(figures == 5)
    #expect(!printed.contains("no rows"))
    #expect(
      printed.contains(
        """
        Over 20 documents, the matrix entropy of SmolLM2-135M is 3.47 [3.39, 3.55] nats at residual.0, \
        lowest at residual.7 (depth 0.58) with 1.40 [1.32, 1.48] nats, and 3.15 [3.07, 3.23] nats at \
        residual.12. The lowest point lies between depths 0.50 and 0.67 (95 % interval over documents). \
        There it is 3.72 [3.65, 3.79] nats below what as many random directions would have. \
        Brackets: 95 % intervals over documents.
        """), "\(printed)")
  }

  @Test func aStudyWithLittleInItRunsToo() throws {
    var samples = NotebookSamples()
    (samples.documents, samples.blocks) = (1, 1)
    (samples.positions, samples.intervals) = (false, false)
    samples.model = "\"); \\ 🌊 $x$ {y} <b>"
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
