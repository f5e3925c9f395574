// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the tables and, where there is one, finds the depth curve.
let loading: Section = { inputs in
  let tables = #"records, runs = table("records.csv"), table("runs.csv")"#
  let parts =
    switch inputs.kind {
    case .run: [reading, runTables + "\n\n" + depthCurve, runCurves, picking]
    case .comparison:
      [reading, tables + "\n" + comparisonRows + "\n\n" + depthCurve, curves, picking, whole]
    case .stages:
      [reading, tables + "\n" + stageRows + "\n\n" + depthCurve, curves, picking, whole]
    case .sizes: [reading, tables + "\n" + sizeRows]
    case .study: [reading, tables + "\n" + studyRows]
    }
  return [.code("loading", (parts + [summary(inputs.kind)]).joined(separator: "\n\n\n"))]
}

private func summary(_ kind: NotebookKind) -> String {
  switch kind {
  case .run: #"print(f"{len(rows)} rows of {model}, {blocks} blocks, preparation {preparation}")"#
  case .comparison: #"print(f"{len(rows)} rows of {tuned} and {base}, preparation {preparation}")"#
  case .stages: #"print(f"{len(rows)} rows of {len(steps)} stages, preparation {preparation}")"#
  case .sizes: #"print(f"{len(records)} rows of {len(runs)} models")"#
  case .study: #"print(f"{len(rows)} rows of {len(runs)} runs")"#
  }
}

/// Imports, and `table(file)`.
private let reading = #"""
  import json
  from pathlib import Path

  import matplotlib.pyplot as plt
  import numpy as np
  import pandas as pd

  dictionary = json.loads((Path(folder) / "dictionary.json").read_text(encoding="utf-8"))


  def table(file):
      """A table with the types of the dictionary; texts as they were before export."""
      types = {"text": "string", "integer": "Int64", "number": "float64"}
      columns = {c["name"]: types[c["kind"]] for c in dictionary["columns"][file]}
      frame = pd.read_csv(
          Path(folder) / file, dtype=columns, keep_default_na=False, na_values=[""])
      for name, kind in columns.items():
          if kind == "string":
              frame[name] = frame[name].fillna("").str.removeprefix("'")
      return frame
  """#

/// The tables of one run, as `rows` and `spectra`.
private let runTables = #"""
  records, spectra = table("records.csv"), table("spectra.csv")
  rows = records[(records["run"] == run) & (records["preparation"] == preparation)]
  spectra = spectra[(spectra["run"] == run) & (spectra["preparation"] == preparation)]
  if rows.empty:
      raise ValueError(f"records.csv has no rows of run {run!r} with preparation {preparation!r}")
  model = rows["model"].iloc[0]
  """#

/// `blocks`, `final` and `along_depth(frame)`.
private let depthCurve = #"""
  # The depth curve: residual.0 is the embedding, residual.k the states after k blocks; the final
  # norm stands apart, after the last block.
  blocks = blocks_of[run]
  final = blocks + max(1.5, 0.07 * blocks)


  def along_depth(frame):
      """The frame's rows on the depth curve, with the number of blocks passed."""
      block = frame["site"].str.extract(r"^residual\.(\d+)$")[0].astype("float64")
      block = block.mask(frame["site"] == "final-norm", final)
      return frame.assign(block=block)[block.notna()]
  """#

private let runCurves = "rows, spectra = along_depth(rows), along_depth(spectra)"
private let curves = "everywhere, rows = rows, along_depth(rows)"

/// `pick(analysis, measure)`.
private let picking = #"""
  def pick(analysis, measure):
      """Rows of an analysis of a measure along the depth curve, in its order."""
      found = rows[(rows["analysis"] == analysis) & (rows["measure"] == measure)]
      return found.sort_values(["order", "position", "block", "level"])
  """#

/// `curve(analysis, measure)`: without the rows of prefixes.
private let whole = #"""
  def curve(analysis, measure="entropy"):
      """Rows of an analysis along the depth curve that are about whole documents and have a value."""
      found = pick(analysis, measure)
      return found[found["position"].isna() & found["estimate"].notna()]
  """#

/// Both models' names, and the rows of the preparation; CKA and losses have none.
private let comparisonRows = #"""
  base, tuned = runs["name"].iloc[0], runs["name"].iloc[-1]
  rows = records[records["preparation"].isin(["", preparation])]
  if rows.empty:
      raise ValueError(f"records.csv has no rows with preparation {preparation!r}")
  # Differences are the other model's values less the base model's.
  main = "difference" if (records["analysis"] == "difference").any() else "difference-unpaired"
  """#

/// The steps, and each row's.
private let stageRows = #"""
  step_rows = records[records["analysis"] == "stage-step"]
  step_of = dict(zip(step_rows["run"], step_rows["estimate"].astype("int64")))
  steps = sorted(step_of.values())
  rows = records[records["preparation"].isin(["", preparation])]
  if rows.empty or len(steps) < 2:
      raise ValueError(f"records.csv has no two stages with preparation {preparation!r}")
  rows = rows.assign(step=rows["run"].map(step_of))
  """#

/// Each model's value with its size, and the laws.
private let sizeRows = #"""
  sizes = runs[["run", "family", "name", "parameters", "width"]].rename(columns={"name": "model"})
  values = records[records["analysis"] == "size-value"]
  values = values.merge(sizes, on=["run", "family", "model"], how="left", validate="many_to_one")
  if values.empty or values["parameters"].isna().any():
      raise ValueError("runs.csv lacks the size of a model of records.csv")
  values["parameters"] = values["parameters"].astype("float64")
  values["width"] = values["width"].astype("float64")
  values = values.sort_values("parameters", kind="stable")
  place = ["family", "measure", "corpus", "site", "preparation"]


  def number(analysis, series):
      """One number of a series: of its law, all parameters counted, or of its control."""
      found = records[records["analysis"] == analysis]
      for name, value in zip(place, series):
          found = found[found[name] == value]
      found = found[~found["note"].str.startswith("P: parameters without")]
      found = found["estimate"].dropna()
      return found.iloc[0] if len(found) else np.nan


  def law(series, frame):
      """a·P^(−b) at each model of a series; not a number where there is no fit."""
      a, b = number("size-law-power-a", series), number("size-law-power-b", series)
      return a * frame["parameters"] ** -b
  """#

/// The rows under the study's own names.
private let studyRows = #"""
  names = runs[["run", "name", "corpus", "preparation", "blocks"]]
  rows = records.drop_duplicates().drop(columns=["model", "corpus"]).merge(
      names.rename(columns={"name": "model", "preparation": "main"}), on="run", how="inner")
  rows = rows[(rows["preparation"] == rows["main"]) | (rows["preparation"] == "")]
  if rows.empty:
      raise ValueError("records.csv has no rows of the runs in runs.csv")
  models, corpora = list(runs["name"].unique()), list(runs["corpus"].unique())


  def pick(analysis, measure):
      """Rows of an analysis of a measure that have a value, from the embedding on."""
      found = rows[(rows["analysis"] == analysis) & (rows["measure"] == measure)]
      found = found[found["estimate"].notna() & found["order"].isna()]
      return found.sort_values("depth", kind="stable")
  """#
