// SPDX-License-Identifier: GPL-3.0-or-later

/// What figures of changes share: a scale with 0 in its middle, names of sites.
let changeMaps: Section = { _ in
  [
    .code(
      "change-maps",
      #"""
      def change(axis, x, y, values):
          """A heat map of changes in nats between these borders: blue falls, red rises."""
          most = np.nanmax(np.abs(values)) if np.isfinite(values).any() else 0
          most = most if most > 0 else 1
          image = axis.pcolormesh(x, y, values, cmap="RdBu_r", vmin=-most, vmax=most)
          axis.figure.colorbar(image, ax=axis, pad=0.02, label="change in nats")
          axis.spines[:].set_visible(False)
          axis.tick_params(length=0)


      def where(site):
          """A site as a reader says it."""
          kind, _, block = site.partition(".")
          if kind == "residual":
              return "the embedding" if block == "0" else f"block {block}"
          return "the final norm" if site == "final-norm" else site
      """#)
  ]
}
