// SPDX-License-Identifier: GPL-3.0-or-later

/// The entropy of prefixes by length and depth.
let positionsByDepth: Section = { _ in
  [
    .markdown(
      "positions-by-depth-heading",
      """
      ## Positions by depth

      The entropy of the first t tokens, mean over the documents that have so many: how it builds up
      along the text, at each depth.
      """),
    .code(
      "positions-by-depth",
      #"""
      prefixes = pick("position-mean", "entropy")
      prefixes = prefixes[prefixes["estimate"].notna() & (prefixes["position"] >= 2)]
      if prefixes.empty:
          none("means of the entropy of prefixes")
      else:
          grid = prefixes.pivot(index="position", columns="block", values="estimate").sort_index()
          figure, axis = plt.subplots(figsize=(8, 4.8))
          borders, values = depth_cells(grid)
          heat(axis, edges(grid.index, logarithmic=True), borders, values.T)
          axis.set_xscale("log", base=2)
          axis.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
          axis.set_xlabel("tokens from the start of the document")
          depth_axis(axis, "y")
          title(axis, f"Matrix entropy of the first tokens, {model}")
          plt.show()
      """#),
  ]
}
