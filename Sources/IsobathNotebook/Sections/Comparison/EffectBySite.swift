// SPDX-License-Identifier: GPL-3.0-or-later

/// Effect sizes as a forest.
let effectBySite: Section = { _ in
  [
    .markdown(
      "effect-by-site-heading",
      """
      ## How consistent the change is

      d_z is the mean change over the spread of the documents' changes: at ±1 about 84 % of documents move
      the same way, if changes are normal. It says how consistent a change is, not how large.
      """),
    .code(
      "effect-by-site",
      #"""
      effects = curve("difference-effect")
      if effects.empty:
          none("effect sizes")
      else:
          tests = curve("difference-p-max-t")
          found = effects["site"].isin(tests.loc[tests["estimate"] < 0.05, "site"]).to_numpy()
          height = np.arange(len(effects))
          figure, axis = plt.subplots(figsize=(8, 1.3 + 0.26 * len(effects)))
          axis.axvline(0, color="#555555", linewidth=0.8)
          axis.hlines(height, effects["low"], effects["high"], color="#888888", linewidth=1.4)
          estimates = effects["estimate"].to_numpy(float)
          for marked, marker, colour, label in (
                  (found, "o", black, "adjusted p < 0.05"), (~found, "s", "white", "not found to change")):
              if marked.any():
                  axis.plot(
                      estimates[marked], height[marked], linestyle="none", marker=marker, markersize=5.5,
                      color="#555555", markerfacecolor=colour, label=label)
          axis.set_yticks(height, [where(site) for site in effects["site"]])
          axis.invert_yaxis()
          axis.set_xlabel("d_z: mean change over its spread")
          title(axis, f"Effect size\n{tuned} less {base}")
          axis.legend(loc="best")
          plt.show()
      """#),
  ]
}
