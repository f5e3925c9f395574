// SPDX-License-Identifier: GPL-3.0-or-later

/// The map of changes.
let changeByStep: Section = { _ in
  [
    .markdown(
      "change-by-step-heading",
      """
      ## From stage to stage

      The change since the stage before, of the same documents. A cross marks a place where no change is
      found, with every site and stage tested together (adjusted p ≥ 0.05).
      """),
    .code(
      "change-by-step",
      #"""
      if changes.empty:
          none("changes from stage to stage")
      else:
          name = "Change of the matrix entropy since the stage before"
          grid, axis = stage_map(changes, change, name)
          places = {step: index for index, step in enumerate(grid.index)}
          open_ = changes[~changes["stands"]]
          axis.plot(
              open_["step"].map(places), open_["block"], linestyle="none", marker="x", markersize=5,
              color="#333333")
          plt.show()
      """#),
  ]
}
