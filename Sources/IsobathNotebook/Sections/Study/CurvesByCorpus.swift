// SPDX-License-Identifier: GPL-3.0-or-later

/// Small multiples of every curve.
let curvesByCorpus: Section = { _ in
  [
    .markdown(
      "curves-by-corpus-heading",
      """
      ## Every curve

      The mean over documents with its interval, by the share of blocks passed, so that models of other depths
      stand side by side. Models of other widths have other entropies by chance alone.
      """),
    .code(
      "curves-by-corpus",
      #"""
      corpora = [corpus for corpus in corpora if (means["corpus"] == corpus).any()]
      if not corpora:
          none("means of the matrix entropy")
      else:
          columns = min(3, len(corpora))
          lines = -(-len(corpora) // columns)
          figure, axes = plt.subplots(
              lines, columns, figsize=(max(6.4, 3.6 * columns), 3.5 * lines + 0.6), sharex=True,
              sharey=True, squeeze=False)
          for axis in axes.flat[len(corpora):]:
              axis.set_visible(False)
          colours = [blue, orange, green, red, purple, sky, black]
          styles = ["-", (0, (6, 2)), (0, (3, 1.5)), (0, (1, 1)), (0, (6, 2, 1, 2))]
          for place, (axis, corpus) in enumerate(zip(axes.flat, corpora)):
              for index, model in enumerate(models):
                  own = means[(means["corpus"] == corpus) & (means["model"] == model)]
                  colour = colours[index % len(colours)]
                  style = styles[(index + index // len(colours)) % len(styles)]
                  axis.fill_between(
                      own["depth"], own["low"], own["high"], color=colour, alpha=0.2, linewidth=0)
                  axis.plot(
                      own["depth"], own["estimate"], color=colour, linestyle=style, linewidth=1.8,
                      label=model.replace("$", r"\$") if place == 0 else None)
              axis.set_xlabel("relative depth (0: embedding)")
              title(axis, corpus)
          for axis in axes[:, 0]:
              axis.set_ylabel("nats")
          figure.legend(loc="outside right center")
          plt.show()
      """#),
  ]
}
