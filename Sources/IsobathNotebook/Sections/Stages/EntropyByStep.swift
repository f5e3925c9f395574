// SPDX-License-Identifier: GPL-3.0-or-later

/// The map of depth and step.
let entropyByStep: Section = { _ in
  [
    .markdown(
      "entropy-by-step-heading",
      """
      ## Entropy by depth and step

      The mean over documents at every depth (upwards) and at every stage of training (to the right).
      """),
    .code(
      "entropy-by-step",
      #"""
      means = curve("mean")


      def stage_axis(axis, shown=steps):
          """A place for each stage, named by its step."""
          axis.set_xticks(np.arange(len(shown)), [str(step) for step in shown])
          axis.set_xlabel("step of training")
          if sum(len(str(step)) + 2 for step in shown) > 70:
              axis.tick_params(axis="x", rotation=60)


      def stage_map(frame, draw, name):
          """A map of depth and step, and its axis."""
          grid = frame.pivot(index="step", columns="block", values="estimate").sort_index()
          figure, axis = plt.subplots(figsize=(8, 4.8))
          borders, cells = depth_cells(grid)
          draw(axis, np.arange(len(grid) + 1) - 0.5, borders, cells.T)
          stage_axis(axis, list(grid.index))
          depth_axis(axis, "y")
          title(axis, name)
          return grid, axis


      if means.empty:
          none("means of the matrix entropy")
      else:
          stage_map(means, heat, "Matrix entropy by depth and step, mean over documents")
          plt.show()
      """#),
  ]
}
