// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the tables and finds the depth curve.
let loading: Section = { _ in
  [
    .code(
      "loading",
      #"""
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


      records, spectra = table("records.csv"), table("spectra.csv")
      rows = records[(records["run"] == run) & (records["preparation"] == preparation)]
      spectra = spectra[(spectra["run"] == run) & (spectra["preparation"] == preparation)]
      if rows.empty:
          raise ValueError(f"records.csv has no rows of run {run!r} with preparation {preparation!r}")
      model = rows["model"].iloc[0]

      # The depth curve: residual.0 is the embedding, residual.k the states after k blocks; the final
      # norm stands apart, after the last block.
      blocks = blocks_of[run]
      final = blocks + max(1.5, 0.07 * blocks)


      def along_depth(frame):
          """The frame's rows on the depth curve, with the number of blocks passed."""
          block = frame["site"].str.extract(r"^residual\.(\d+)$")[0].astype("float64")
          block = block.mask(frame["site"] == "final-norm", final)
          return frame.assign(block=block)[block.notna()]


      rows, spectra = along_depth(rows), along_depth(spectra)


      def pick(analysis, measure):
          """Rows of an analysis of a measure along the depth curve, in its order."""
          found = rows[(rows["analysis"] == analysis) & (rows["measure"] == measure)]
          return found.sort_values(["order", "position", "block", "level"])


      print(f"{len(rows)} rows of {model}, {blocks} blocks, preparation {preparation}")
      """#)
  ]
}
