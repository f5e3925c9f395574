// SPDX-License-Identifier: GPL-3.0-or-later

/// Each model's own curve.
let bothCurves: Section = { _ in
  [
    .markdown(
      "both-curves-heading",
      """
      ## The two curves

      Each model's mean over documents with its own interval. Two of these can overlap where the paired
      difference above does not hold 0, because the same documents went through both. A model of another
      depth is drawn at the same shares of its own depth.
      """),
    .code(
      "both-curves",
      #"""
      figure, axis = plt.subplots()
      drawn = False
      for analysis, name, colour, style, marker in (
              ("mean-base", base, orange, (0, (5, 2)), "s"), ("mean-tuned", tuned, blue, "-", "o")):
          own = curve(analysis)
          own = own.assign(block=own["block"].mask(own["site"] != "final-norm", own["depth"] * blocks))
          line, normed = own[own["site"] != "final-norm"], own[own["site"] == "final-norm"]
          if own.empty:
              continue
          drawn = True
          axis.fill_between(
              line["block"], line["low"], line["high"], color=colour, alpha=0.25, linewidth=0)
          axis.plot(
              line["block"], line["estimate"], color=colour, linestyle=style, marker=marker,
              markersize=3.5, label=name.replace("$", r"\$"))
          axis.vlines(normed["block"], normed["low"], normed["high"], color=colour, linewidth=1.4)
          axis.plot(
              normed["block"], normed["estimate"], color=colour, linestyle="none", marker=marker,
              markersize=6, markerfacecolor="white")
      if drawn:
          axis.set_ylabel("nats")
          depth_axis(axis)
          title(axis, "Matrix entropy of both models through depth")
          axis.legend(loc="best")
          plt.show()
      else:
          plt.close(figure)
          none("both models' means")
      """#),
  ]
}
