// SPDX-License-Identifier: GPL-3.0-or-later

/// What every figure shares: colours, axes, heat maps.
let style: Section = { inputs in
  [
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
          "legend.frameon": False, "image.cmap": "cividis",
      })


      def title(axis, text):
          """A title that is text, whatever the model is called."""
          axis.set_title(text, parse_math=False)


      def depth_axis(axis, side="x", normed=True):
          """Ticks at round numbers of blocks, and one for the final norm."""
          step = max(1, int(np.ceil(blocks / 10)))
          step = next(s for s in (1, 2, 3, 4, 5, 10, 20, 50, 100, 1000) if s >= step)
          ticks = [k for k in range(0, blocks + 1, step) if blocks - k >= step / 2 or k == blocks]
          ticks += [] if blocks in ticks else [blocks]
          names = [str(k) for k in ticks]
          if normed and (rows["block"] == final).any():
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


      def depth_cells(grid):
          """Borders and values, by columns, of cells along depth; the final norm keeps its distance."""
          inner = grid.loc[:, grid.columns <= blocks]
          borders, values = edges(inner.columns), inner.to_numpy(float)
          if final in grid.columns:
              borders = np.concatenate([borders, [final - 0.5, final + 0.5]])
              gap = np.full((len(grid), 1), np.nan)
              values = np.hstack([values, gap, grid[[final]].to_numpy(float)])
          return borders, values


      def heat(axis, x, y, values):
          """A heat map of nats between these borders."""
          image = axis.pcolormesh(x, y, values)
          axis.figure.colorbar(image, ax=axis, pad=0.02, label="nats")
          axis.spines[:].set_visible(False)
          axis.tick_params(length=0)


      def none(what):
          print(f"The \#(inputs.kind == .run ? "run has" : "tables have") no rows for this figure: {what}.")
      """#)
  ]
}
