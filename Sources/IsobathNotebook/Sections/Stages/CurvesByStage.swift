// SPDX-License-Identifier: GPL-3.0-or-later

/// The depth curve at each stage.
let curvesByStage: Section = { _ in
  [
    .markdown(
      "curves-by-stage-heading",
      """
      ## The curve at each stage

      The mean over documents through depth at up to nine stages, dark for early steps and bright for late ones.
      """),
    .code(
      "curves-by-stage",
      #"""
      shown = [steps[i] for i in np.unique(np.linspace(0, len(steps) - 1, 9).round().astype(int))]
      if means.empty:
          none("means of the matrix entropy")
      else:
          colours = plt.get_cmap("cividis")(np.linspace(0, 0.9, len(shown)))
          styles = ["-", (0, (6, 2)), (0, (3, 1.5)), (0, (1, 1)), (0, (6, 2, 1, 2))]
          figure, axis = plt.subplots()
          for index, (step, colour) in enumerate(zip(shown, colours)):
              own = means[means["step"] == step]
              line, normed = own[own["block"] <= blocks], own[own["block"] == final]
              axis.fill_between(
                  line["block"], line["low"], line["high"], color=colour, alpha=0.2, linewidth=0)
              axis.plot(
                  line["block"], line["estimate"], color=colour, linestyle=styles[index % len(styles)],
                  linewidth=1.8, label=f"step {step}")
              axis.plot(
                  normed["block"], normed["estimate"], color=colour, linestyle="none", marker="D",
                  markersize=5)
          axis.set_ylabel("nats")
          depth_axis(axis)
          title(axis, "Matrix entropy through depth, stage by stage")
          figure.legend(loc="outside right center")
          plt.show()
      """#),
  ]
}
