// SPDX-License-Identifier: GPL-3.0-or-later

/// Every other quantity with its law.
let quantitiesBySize: Section = { _ in
  [
    .markdown(
      "quantities-by-size-heading",
      """
      ## Other quantities by size

      Raw entropy, deficit, effective rank, Diff-eRank and loss, where they were measured, each with its power
      law a·P^(−b), where that has a fit: what the published form becomes without its denominator.
      """),
    .code(
      "quantities-by-size",
      #"""
      titles = {term["id"]: term for term in dictionary["measures"]}
      others = values[values["measure"] != "entropy-per-log-width"]
      for (family, measure), models_of in others.groupby(["family", "measure"], sort=False):
          for panels in panels_of(models_of):
              figure, axes = plt.subplots(
                  1, len(panels), figsize=(max(6.4, 3.1 * len(panels)), 3.7), sharey=True,
                  squeeze=False)
              for axis, (series, frame) in zip(axes[0], panels):
                  size, fitted = frame["parameters"], law(series, frame)
                  if fitted.notna().all():
                      b = f"{number('size-law-power-b', series):.3f}".replace("-", "−")
                      axis.plot(size, fitted, color=red, label=f"a·P^(−b), b = {b}")
                      axis.legend(loc="best")
                  axis.vlines(size, frame["low"], frame["high"], color=black, linewidth=1.2)
                  axis.plot(
                      size, frame["estimate"], linestyle="none", marker="o", markersize=5,
                      color=black)
                  size_axes(axis, models_of["estimate"])
                  title(axis, panel_name(series))
                  axis.set_xlabel("parameters P")
              name = titles[measure]["title"] if measure in titles else measure
              axes[0, 0].set_ylabel(models_of["unit"].iloc[0])
              figure.suptitle(f"{name}, {family}", x=0.01, ha="left", parse_math=False)
              plt.show()
      if others.empty:
          none("raw entropy, deficit, effective rank or loss by size")
      """#),
  ]
}
