// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// What a notebook did when every cell ran, from the first to the last.
package struct NotebookRun: Sendable {
  package let printed: String
  package let figures: Int

  /// A cell ended in an error, or wrote to standard error.
  package struct Failed: Error, CustomStringConvertible {
    package let description: String
  }

  /// Runs a notebook in its folder.
  ///
  /// - Parameter last: a cell that is added after the others.
  package init(_ path: String, last: String = "") throws {
    let script = """
      import sys
      import nbformat
      from nbconvert.preprocessors import ExecutePreprocessor
      from traitlets.config import Config
      config = Config()
      config.KernelManager.transport = "ipc"
      notebook = nbformat.read(sys.argv[1], as_version=4)
      nbformat.validate(notebook)
      notebook.cells.append(nbformat.v4.new_code_cell(sys.argv[2]))
      ExecutePreprocessor(config=config, timeout=300).preprocess(notebook, {"metadata": {"path": "."}})
      outputs = [o for c in notebook.cells for o in c.get("outputs", [])]
      assert not [o for o in outputs if o.get("name") == "stderr"], outputs
      print(sum("image/png" in o.get("data", {}) for o in outputs))
      print("".join(o.get("text", "") for o in outputs if o.output_type == "stream"))
      """
    let folder = URL(filePath: path).deletingLastPathComponent()
    let outcome = try Python.run(["-c", script, path, last], in: folder)
    guard outcome.status == 0 else { throw Failed(description: outcome.output) }
    let lines = outcome.output.split(separator: "\n", maxSplits: 1)
    printed = lines.count > 1 ? String(lines[1]) : ""
    figures = lines.first.flatMap { Int($0) } ?? 0
  }
}
