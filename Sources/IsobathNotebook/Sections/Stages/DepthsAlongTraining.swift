// SPDX-License-Identifier: GPL-3.0-or-later

/// Some depths along training, beside the loss.
let depthsAlongTraining: Section = { _ in
  [
    .markdown(
      "depths-along-training-heading",
      """
      ## Along training

      The embedding, the depth at which the last stage's curve is lowest, the last block, the final norm, and
      the loss where it was measured, each with the interval of one value.
      """),
    .code(
      "depths-along-training",
      #"""
      at_last = means[(means["step"] == steps[-1]) & (means["block"] <= blocks)]
      loss = records[(records["analysis"] == "mean") & (records["measure"] == "loss")]
      loss = loss[loss["estimate"].notna()]
      loss = loss.assign(step=loss["run"].map(step_of)).sort_values("step")
      panels = {}
      if len(at_last):
          valley = at_last.loc[at_last["estimate"].idxmin(), "block"]
          for block, name in (
                  (0, "the embedding"), (valley, "the valley"), (blocks, "the last block"),
                  (final, "the final norm")):
              own = means[means["block"] == block].sort_values("step")
              if len(own) and block not in panels:
                  panels[block] = (name if name != "the valley" else f"block {block:.0f}, the valley", own)
      if len(loss) > 1:
          panels["loss"] = ("loss per token", loss)
      if not panels:
          none("means along training")
      else:
          columns = 3 if len(panels) > 4 else min(2, len(panels))
          lines = -(-len(panels) // columns)
          figure, axes = plt.subplots(
              lines, columns, figsize=(3.4 * columns + 1, 2.7 * lines + 0.5), squeeze=False)
          for axis in axes.flat[len(panels):]:
              axis.set_visible(False)
          for axis, (name, own) in zip(axes.flat, panels.values()):
              x = own["step"].map({step: index for index, step in enumerate(steps)})
              axis.vlines(x, own["low"], own["high"], color=blue, linewidth=1.4)
              axis.plot(x, own["estimate"], color=blue, marker="o", markersize=4)
              axis.set_ylabel("nats")
              stage_axis(axis)
              axis.tick_params(axis="x", rotation=60)
              title(axis, name)
          plt.show()
      """#),
  ]
}
