// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// What the notebook is, and what can be set in it.
let introduction: Section = { inputs in
  return [
    .markdown(
      "introduction",
      """
      # \(NotebookText.markdown(inputs.study)): \(inputs.kind.subtitle)

      \(inputs.kind.opening)

      | file | what |
      |---|---|
      | `records.csv` | \(inputs.kind.rows) |
      \(inputs.kind == .run ? spectraLine : runsLine)
      | `dictionary.json`, `dictionary.md` | what every column, measure and analysis means |

      To run it: `pip install pandas matplotlib notebook`, then *Run all*. Every number of every document:
      `isobath export RUN --format csv`.
      """),
    .code(
      "parameters", tags: ["parameters"],
      """
      \(parameters(inputs).joined(separator: "\n"))
      """),
  ]
}

private let spectraLine = "| `spectra.csv` | mean spectra at several depths |"
private let runsLine = "| `runs.csv` | what the report calls each run's model and corpus |"

/// The assignments of the first cell.
private func parameters(_ inputs: NotebookInputs) -> [String] {
  let folder = #"folder = "."  # where the tables are"#
  switch inputs.kind {
  case .run:
    let preparation =
      inputs.spectra.first?.preparation
      ?? inputs.records.first { !$0.preparation.isEmpty }?.preparation ?? ""
    return [
      "run = \(NotebookText.python(inputs.manifests.first?.id ?? ""))  # which run of the tables to draw",
      "preparation = \(NotebookText.python(preparation))  # what was done to the states",
      folder, blocks(inputs.manifests.map { ($0.id, $0.subject.blocks) }),
    ]
  case .comparison, .stages:
    let last = inputs.subjects.last
    return [
      "run = \(NotebookText.python(last?.run ?? ""))  # whose depth the figures have",
      "preparation = \(NotebookText.python(last?.preparation ?? ""))  # what was done to the states",
      folder, blocks(inputs.subjects.map { ($0.run, $0.blocks ?? 0) }),
    ]
  case .sizes, .study: return [folder]
  }
}

private func blocks(_ sizes: [(run: String, blocks: Int)]) -> String {
  let list = sizes.map { "\(NotebookText.python($0.run)): \($0.blocks)" }
  return "blocks_of = {\(list.joined(separator: ", "))}  # blocks in each run's model"
}
