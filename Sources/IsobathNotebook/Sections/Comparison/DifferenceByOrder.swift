// SPDX-License-Identifier: GPL-3.0-or-later

/// Where in the spectrum the change is.
let differenceByOrder: Section = { _ in
  [
    .markdown(
      "difference-by-order-heading",
      """
      ## Where in the spectrum

      Small orders count weak directions too, large ones only the strongest; order 1 is the matrix entropy.
      A cross marks a place where no change is found; each order is a family of tests of its own.
      """),
    .code(
      "difference-by-order",
      #"""
      orders = pd.concat([curve(main).assign(order=1.0), curve(main, "renyi-entropy")])
      if orders.empty:
          none("differences of Rényi entropies")
      else:
          orders = orders.drop_duplicates(["order", "block"])
          grid = orders.pivot(index="order", columns="block", values="estimate").sort_index()
          names = ["∞" if np.isinf(order) else f"{order:g}" for order in grid.index]
          figure, axis = plt.subplots(figsize=(8, 1.4 + 0.42 * len(grid)))
          borders, values = depth_cells(grid)
          change(axis, borders, np.arange(len(grid) + 1) - 0.5, values)
          p = "difference-p-max-t"
          tests = pd.concat([curve(p).assign(order=1.0), curve(p, "renyi-entropy")])
          tests = tests.drop_duplicates(["order", "block"])
          if len(tests):
              tests = tests.pivot(index="order", columns="block", values="estimate")
              tests = tests.reindex(index=grid.index, columns=grid.columns)
              row, column = np.nonzero((tests >= 0.05).to_numpy())
              axis.plot(
                  grid.columns[column], row, linestyle="none", marker="x", markersize=5, color="#333333")
          axis.set_yticks(np.arange(len(grid)), names)
          axis.set_ylabel("order α")
          depth_axis(axis)
          title(axis, f"Change of the Rényi entropies\n{tuned} less {base}")
          plt.show()
      """#),
  ]
}
