// SPDX-License-Identifier: GPL-3.0-or-later

/// The matrix entropy through depth, with its interval and the null.
let entropyByDepth: Section = { _ in
  [
    .markdown(
      "entropy-by-depth-heading",
      """
      ## Entropy through depth

      The mean over documents with its interval. The dashed line is the isotropic null: what as many
      random directions of the same width would have. The final norm is the last block's output after
      normalisation, a point of its own.
      """),
    .code(
      "entropy-by-depth",
      #"""
      entropy = pick("mean", "entropy")
      curve, normed = entropy[entropy["block"] <= blocks], entropy[entropy["block"] == final]
      if curve["estimate"].notna().sum() == 0:
          none("means of the matrix entropy")
      else:
          figure, axis = plt.subplots()
          level = curve["level"].dropna()
          if len(level):
              axis.fill_between(
                  curve["block"], curve["low"], curve["high"], color=blue, alpha=0.25, linewidth=0,
                  label=f"{100 * level.iloc[0]:g} % interval over documents")
          axis.plot(
              curve["block"], curve["estimate"], color=blue, marker="o", markersize=3.5,
              label="matrix entropy, mean over documents")
          if len(normed):
              error = [normed["estimate"] - normed["low"], normed["high"] - normed["estimate"]]
              axis.errorbar(
                  normed["block"], normed["estimate"], yerr=error if len(level) else None, color=blue,
                  marker="D", markersize=6, markerfacecolor="white", linestyle="none",
                  label="after the final norm")
          null = pick("mean", "null-entropy")
          null = null[(null["block"] <= blocks) & null["estimate"].notna()]
          if len(null):
              axis.plot(
                  null["block"], null["estimate"], color="#555555", linestyle=(0, (5, 3)),
                  linewidth=1.2, label="isotropic null")
          axis.set_ylim(bottom=0)
          axis.set_ylabel("nats")
          depth_axis(axis)
          title(axis, f"Matrix entropy of {model} through depth")
          axis.legend(loc="best")
          plt.show()
      """#),
  ]
}
