// SPDX-License-Identifier: GPL-3.0-or-later

/// CKA between the models.
let alignmentByDepth: Section = { _ in
  [
    .markdown(
      "alignment-by-depth-heading",
      """
      ## How alike the two spaces are

      Debiased CKA over documents between the two models' mean token states: 1 where the documents lie alike
      in both spaces up to rotation and scale. There are rows only where both runs keep these states.
      """),
    .code(
      "alignment-by-depth",
      #"""
      alike = curve("cka-between-models", "debiased-cka")
      if alike.empty:
          none("CKA between the models")
      else:
          figure, axis = plt.subplots()
          axis.axhline(1, color="#555555", linewidth=0.8)
          line, normed = alike[alike["block"] <= blocks], alike[alike["block"] == final]
          level = alike["level"].dropna()
          axis.fill_between(
              line["block"], line["low"], line["high"], color=blue, alpha=0.2, linewidth=0,
              label=f"{100 * level.iloc[0]:g} % jackknife interval" if len(level) else None)
          axis.plot(line["block"], line["estimate"], color=blue, marker="o", markersize=3.5, label="CKA")
          axis.vlines(normed["block"], normed["low"], normed["high"], color=blue, linewidth=1.4)
          axis.plot(
              normed["block"], normed["estimate"], color=blue, linestyle="none", marker="D",
              markersize=6, markerfacecolor="white", label="after the final norm")
          axis.set_ylabel("debiased CKA")
          depth_axis(axis)
          title(axis, f"CKA between the models\n{tuned} and {base}")
          axis.legend(loc="best")
          plt.show()
      """#),
  ]
}
