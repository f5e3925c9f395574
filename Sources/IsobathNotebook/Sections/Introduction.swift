// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// What the notebook is, and what can be set in it.
let introduction: Section = { inputs in
  let run = inputs.manifests.first?.id ?? ""
  let sizes = inputs.manifests.map { "\(NotebookText.python($0.id)): \($0.subject.blocks)" }
  let preparation =
    inputs.spectra.first?.preparation
    ?? inputs.records.first { !$0.preparation.isEmpty }?.preparation ?? ""
  return [
    .markdown(
      "introduction",
      """
      # \(NotebookText.markdown(inputs.study)): how the representations compress with depth

      Each document of a corpus went through a language model. At every layer its hidden states, one
      vector for each token, were prepared and reduced to the eigenvalues of their covariance; this
      notebook draws the entropies of those eigenvalues. It reads the tables beside it and needs neither
      the model nor Isobath:

      | file | what |
      |---|---|
      | `records.csv` | one row for each number: means over documents with their intervals, and the entropy and deficit of each document |
      | `spectra.csv` | mean spectra at several depths |
      | `dictionary.json`, `dictionary.md` | what every column, measure and analysis means |

      To run it: `pip install pandas matplotlib notebook`, then *Run all*. Every number of every document:
      `isobath export RUN --format csv`.
      """),
    .code(
      "parameters", tags: ["parameters"],
      """
      run = \(NotebookText.python(run))  # which run of the tables to draw
      preparation = \(NotebookText.python(preparation))  # what was done to the states
      folder = "."  # where the tables are
      blocks_of = {\(sizes.joined(separator: ", "))}  # blocks in each run's model
      """),
  ]
}
