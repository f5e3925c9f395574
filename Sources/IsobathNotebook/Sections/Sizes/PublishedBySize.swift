// SPDX-License-Identifier: GPL-3.0-or-later

/// The published form, its law and its denominator.
let publishedBySize: Section = { _ in
  [
    .markdown(
      "published-by-size-heading",
      """
      ## The published form and its denominator

      H/ln d against the number of parameters, with its power law and with the control: one entropy h for all
      sizes, divided by ln d, which knows nothing of a model but its width. Below, what each leaves.
      """),
    .code(
      "published-by-size",
      #"""
      for family, models_of in published.groupby("family", sort=False):
          for panels in panels_of(models_of):
              figure, axes = plt.subplots(
                  2, len(panels), figsize=(max(6.4, 3.1 * len(panels)), 5.6), sharex=True,
                  sharey="row", squeeze=False, height_ratios=[2, 1])
              for (upper, lower), (series, frame) in zip(axes.T, panels):
                  size, value = frame["parameters"], frame["estimate"]
                  alone = control(frame)[0] / np.log(frame["width"])
                  lower.axhline(0, color="#555555", linewidth=0.8)
                  for name, fitted, colour, style, marker in (
                          ("a·P^(−b)", law(series, frame), red, "-", "s"),
                          ("h/ln d, one entropy for all", alone, green, (0, (5, 2)), "^")):
                      if fitted.notna().all():
                          upper.plot(size, fitted, color=colour, linestyle=style, label=name)
                          lower.plot(
                              size, value - fitted, color=colour, linestyle=style, marker=marker,
                              markersize=4)
                  upper.vlines(size, frame["low"], frame["high"], color=black, linewidth=1.2)
                  upper.plot(
                      size, value, linestyle="none", marker="o", markersize=5, color=black,
                      label="H/ln d")
                  size_axes(upper, models_of["estimate"])
                  title(upper, panel_name(series))
                  lower.set_xlabel("parameters P")
              axes[0, 0].set_ylabel("H/ln d")
              axes[1, 0].set_ylabel("residual")
              handles, labels = axes[0, 0].get_legend_handles_labels()
              figure.legend(handles, labels, loc="outside upper right", ncols=3)
              figure.suptitle(family, x=0.01, ha="left", parse_math=False)
              plt.show()
      if published.empty:
          none("the published form H/ln d")
      """#),
  ]
}
