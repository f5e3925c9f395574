// SPDX-License-Identifier: GPL-3.0-or-later

/// Rényi entropies by order and depth.
let ordersByDepth: Section = { _ in
  [
    .markdown(
      "orders-by-depth-heading",
      """
      ## Rényi orders by depth

      Small orders count weak directions (order 0 counts all of them alike), large ones only the
      strongest (order ∞ is −ln p₁). Order 1 is the matrix entropy.
      """),
    .code(
      "orders-by-depth",
      #"""
      renyi = pick("mean", "renyi-entropy")
      renyi = renyi[renyi["estimate"].notna()]
      if renyi.empty:
          none("means of Rényi entropies")
      else:
          grid = renyi.pivot(index="order", columns="block", values="estimate").sort_index()
          names = ["∞" if np.isinf(order) else f"{order:g}" for order in grid.index]
          figure, axis = plt.subplots(figsize=(8, 1.4 + 0.42 * len(grid)))
          borders, values = depth_cells(grid)
          heat(axis, borders, np.arange(len(grid) + 1) - 0.5, values)
          axis.set_yticks(np.arange(len(grid)), names)
          axis.set_ylabel("order α")
          depth_axis(axis)
          title(axis, f"Rényi entropies of {model}, mean over documents")
          plt.show()
      """#),
  ]
}
