// SPDX-License-Identifier: GPL-3.0-or-later

/// The differences through depth, with the band that holds at every site at once.
let differenceByDepth: Section = { _ in
  [
    .markdown(
      "difference-by-depth-heading",
      """
      ## The change through depth

      The mean over documents of the paired differences. The band holds at every site at once, the bars
      at one site alone; a black mark is a change with all sites tested together (adjusted p < 0.05). Between
      the dotted lines a change counts as none.
      """),
    .code(
      "difference-by-depth",
      #"""
      difference = curve(main)
      if difference.empty:
          none("differences of the matrix entropy")
      else:
          figure, axis = plt.subplots()
          axis.axhline(0, color="#555555", linewidth=0.8)
          margins = records["note"].str.extract(r"±([\d.]+) nats")[0].dropna()
          if len(margins):
              for margin in (-float(margins.iloc[0]), float(margins.iloc[0])):
                  axis.axhline(margin, color="#555555", linewidth=1, linestyle=(0, (1, 2)))
          band = curve("difference-band").dropna(subset=["low", "high"])
          inner = band[band["block"] <= blocks]
          if len(inner):
              axis.fill_between(
                  inner["block"], inner["low"], inner["high"], color=blue, alpha=0.2, linewidth=0,
                  label=f"{100 * inner['level'].iloc[0]:g} % at every site at once")
          normed = band[band["block"] == final]
          axis.vlines(normed["block"], normed["low"], normed["high"], color=blue, alpha=0.2, linewidth=9)
          line = difference[difference["block"] <= blocks]
          axis.plot(line["block"], line["estimate"], color=blue, linewidth=1.6)
          known = difference.dropna(subset=["low", "high"])
          axis.vlines(known["block"], known["low"], known["high"], color=blue, linewidth=1.4)
          tests = curve("difference-p-max-t")
          changed = difference["site"].isin(tests.loc[tests["estimate"] < 0.05, "site"])
          for marked, colour, label in (
                  (changed, black, "adjusted p < 0.05"), (~changed, "white", "not found to change")):
              some = difference[marked]
              if len(some):
                  axis.plot(
                      some["block"], some["estimate"], linestyle="none", marker="o", markersize=5,
                      color=blue if colour == "white" else black, markerfacecolor=colour, zorder=3,
                      label=label if len(tests) else None)
          axis.set_ylabel("change of the matrix entropy, nats")
          depth_axis(axis)
          title(axis, f"Change of the matrix entropy\n{tuned} less {base}")
          if axis.get_legend_handles_labels()[1]:
              axis.legend(loc="best")
          plt.show()
      """#),
  ]
}
