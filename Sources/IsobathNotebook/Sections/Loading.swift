// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the tables; what every figure shares.
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
              Path(folder) / file, dtype=columns, keep_default_na=False, na_values=[""],
              float_precision="round_trip")
          for name, kind in columns.items():
              if kind == "string":
                  frame[name] = frame[name].fillna("").str.removeprefix("'")
          return frame


      records = table("records.csv")
      spectra = table("spectra.csv")
      rows = records[(records["run"] == run) & (records["preparation"] == preparation)].copy()
      spectra = spectra[(spectra["run"] == run) & (spectra["preparation"] == preparation)].copy()
      if rows.empty:
          raise ValueError(f"records.csv has no rows of run {run!r} with preparation {preparation!r}")
      model = rows["model"].iloc[0]

      # The depth curve: residual.0 is the embedding, residual.k the states after k blocks; the final
      # norm stands apart, after the last block.
      for frame in (rows, spectra):
          frame["block"] = pd.to_numeric(
              frame["site"].str.extract(r"^residual\.(\d+)$")[0], errors="coerce").astype("float64")
      deep = rows[rows["block"] > 0]
      blocks = int((deep["block"] / deep["depth"]).max().round()) if len(deep) else 0
      final = blocks + max(1.5, 0.05 * blocks)
      for frame in (rows, spectra):
          frame.loc[frame["site"] == "final-norm", "block"] = final
          frame.dropna(subset="block", inplace=True)


      def pick(analysis, measure):
          """Rows of an analysis of a measure along the depth curve, in its order."""
          found = rows[(rows["analysis"] == analysis) & (rows["measure"] == measure)]
          return found.sort_values(["order", "position", "block", "level"])


      print(f"{len(rows)} rows of {model}, {blocks} blocks, preparation {preparation}")
      """#),
    .code(
      "style",
      #"""
      # Okabe and Ito's colours, which all eyes tell apart.
      black, orange, sky, green, yellow, blue, red, purple = (
          "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7")
      plt.rcParams.update({
          "figure.figsize": (8, 4.4), "figure.dpi": 120, "figure.constrained_layout.use": True,
          "font.size": 10.5, "axes.titlesize": 11.5, "axes.titlelocation": "left",
          "axes.titlepad": 10, "axes.spines.top": False, "axes.spines.right": False,
          "axes.edgecolor": "#555555", "xtick.color": "#333333", "ytick.color": "#333333",
          "legend.frameon": False, "image.cmap": "cividis", "text.parse_math": False,
      })


      def depth_axis(axis, side="x"):
          """Ticks at round numbers of blocks, and one for the final norm."""
          step = max(1, int(np.ceil(blocks / 10)))
          step = next(s for s in (1, 2, 3, 4, 5, 10, 20, 50, 100, 1000) if s >= step)
          ticks = [k for k in range(0, blocks + 1, step) if blocks - k >= step / 2 or k == blocks]
          ticks += [] if blocks in ticks else [blocks]
          names = [str(k) for k in ticks]
          if (rows["block"] == final).any():
              ticks, names = ticks + [final], names + ["norm"]
          if side == "x":
              axis.set_xticks(ticks, names)
              axis.set_xlabel("blocks passed (0: embedding)")
          else:
              axis.set_yticks(ticks, names)
              axis.set_ylabel("blocks passed (0: embedding)")


      def edges(centres, logarithmic=False):
          """The borders of cells around these centres."""
          c = np.asarray(centres, dtype=float)
          c = np.log(c) if logarithmic else c
          if len(c) == 1:
              borders = np.array([c[0] - 0.5, c[0] + 0.5])
          else:
              middle = (c[1:] + c[:-1]) / 2
              borders = np.concatenate([[2 * c[0] - middle[0]], middle, [2 * c[-1] - middle[-1]]])
          return np.exp(borders) if logarithmic else borders


      def heat(axis, x, y, values, label, logarithmic=False):
          """A heat map whose cells meet; the final norm keeps its distance."""
          image = axis.pcolormesh(edges(x, logarithmic), edges(y), values, rasterized=True)
          if logarithmic:
              axis.set_xscale("log", base=2)
              axis.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
          axis.figure.colorbar(image, ax=axis, pad=0.02, label=label)
          axis.spines[:].set_visible(False)
          axis.tick_params(length=0)


      def none(what):
          print(f"The run has no rows for this figure: {what}.")
      """#),
  ]
}
