// SPDX-License-Identifier: GPL-3.0-or-later

/// How much documents differ.
let spreadByDepth: Section = { _ in
  [
    .markdown(
      "spread-by-depth-heading",
      """
      ## Spread over documents

      Each thin line is one document. The bands hold half and nine tenths of the documents: unlike an
      interval for the mean, they do not narrow with more documents. Longer documents have room for more
      entropy, so part of the spread is length.
      """),
    .code(
      "spread-by-depth",
      #"""
      own = rows[(rows["document"] != "") & (rows["analysis"] == "") & (rows["measure"] == "entropy")]
      own = own[(own["block"] <= blocks) & own["position"].isna() & own["estimate"].notna()]
      spread = pick("spread", "entropy")
      spread = spread[(spread["block"] <= blocks) & spread["estimate"].notna()]
      if own.empty and spread.empty:
          none("entropies of single documents")
      else:
          figure, axis = plt.subplots()
          lines = own.pivot(index="block", columns="document", values="estimate").sort_index()
          faint = min(0.6, max(0.03, 12 / max(1, lines.shape[1])))
          axis.plot(lines.index, lines, color="#555555", linewidth=0.6, alpha=faint)
          for level, alpha, what in ((0.9, 0.18, "nine tenths"), (0.5, 0.35, "half")):
              band = spread[np.isclose(spread["level"], level)]
              if len(band):
                  axis.fill_between(
                      band["block"], band["low"], band["high"], color=orange, alpha=alpha,
                      linewidth=0, label=f"{what} of the documents")
          middle = spread.drop_duplicates("block")
          if len(middle):
              axis.plot(
                  middle["block"], middle["estimate"], color=red, linewidth=1.8, label="median")
          axis.plot([], [], color="#555555", linewidth=0.8, label="one document")
          axis.set_ylim(bottom=0)
          axis.set_ylabel("nats")
          depth_axis(axis, normed=False)
          title(axis, f"Matrix entropy of {model}, document by document")
          axis.legend(loc="best")
          plt.show()
      """#),
  ]
}
