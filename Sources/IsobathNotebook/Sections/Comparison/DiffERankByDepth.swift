// SPDX-License-Identifier: GPL-3.0-or-later

/// What training took from the effective rank, where the base model is untrained.
let diffERankByDepth: Section = { _ in
  [
    .markdown(
      "diff-erank-by-depth-heading",
      """
      ## Diff-eRank

      The effective rank exp H that an untrained model has and the trained one has not: form (a) is of
      exp(mean H), form (b) of the mean of exp H. There are rows only where the base model is untrained.
      """),
    .code(
      "diff-erank-by-depth",
      #"""
      forms = [
          (name, colour, style, curve(analysis, "effective-rank-covariance"))
          for name, colour, style, analysis in (
              ("form (a)", blue, "-", "diff-erank"), ("form (b)", red, (0, (5, 2)), "diff-erank-b"))]
      if all(form.empty for *_, form in forms):
          none("Diff-eRank")
      else:
          figure, axis = plt.subplots()
          axis.axhline(0, color="#555555", linewidth=0.8)
          for name, colour, style, form in forms:
              line, normed = form[form["block"] <= blocks], form[form["block"] == final]
              axis.fill_between(
                  line["block"], line["low"], line["high"], color=colour, alpha=0.2, linewidth=0)
              axis.plot(
                  line["block"], line["estimate"], color=colour, linestyle=style, marker="o",
                  markersize=3.5, label=name)
              axis.vlines(normed["block"], normed["low"], normed["high"], color=colour, linewidth=1.4)
              axis.plot(
                  normed["block"], normed["estimate"], color=colour, linestyle="none", marker="D",
                  markersize=6, markerfacecolor="white")
          axis.set_ylabel("Diff-eRank, dimensions")
          depth_axis(axis)
          title(axis, f"Diff-eRank: effective rank\n{base} less {tuned}")
          axis.legend(loc="best")
          plt.show()
      """#),
  ]
}
