// SPDX-License-Identifier: GPL-3.0-or-later

/// Mean spectra at several depths.
let spectraByDepth: Section = { _ in
  [
    .markdown(
      "spectra-by-depth-heading",
      """
      ## The spectrum at several depths

      Eigenvalues of the covariance as shares of its trace, largest first, mean over documents. A steep
      start means that few directions carry most of the variance. Ranks that fewer than half of the
      documents reach are left out, since there the mean is over the longest ones only, and so are
      shares below 1e-9, which are rounding.
      """),
    .code(
      "spectra-by-depth",
      #"""
      shown = spectra[(spectra["block"] <= blocks) & (spectra["share"] > 1e-9)]
      depths = np.sort(shown["block"].unique())
      if not len(depths):
          none("mean spectra")
      else:
          depths = depths[np.unique(np.linspace(0, len(depths) - 1, 6).round().astype(int))]
          colours = plt.get_cmap("cividis")(np.linspace(0, 0.85, len(depths)))
          styles = ["-", (0, (6, 2)), (0, (3, 1.5)), (0, (1, 1)), (0, (6, 2, 1, 2)), "-"]
          figure, axis = plt.subplots()
          for block, colour, style in zip(depths, colours, styles):
              one = shown[shown["block"] == block].sort_values("rank")
              one = one[one["documents"] >= one["documents"].max() / 2]
              axis.plot(
                  one["rank"].to_numpy(float), one["share"], color=colour, linestyle=style,
                  linewidth=1.8, label="embedding" if block == 0 else f"after block {block:.0f}")
          axis.set_xscale("log")
          axis.set_yscale("log")
          axis.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
          axis.set_xlabel("rank of the eigenvalue")
          axis.set_ylabel("share of the trace")
          title(axis, f"Spectrum of {model} at several depths, mean over documents")
          axis.legend(loc="lower left")
          plt.show()
      """#),
  ]
}
