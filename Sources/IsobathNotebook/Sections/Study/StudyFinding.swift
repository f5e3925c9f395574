// SPDX-License-Identifier: GPL-3.0-or-later

/// How much a study holds, counted in its rows.
let studyFinding: Section = { _ in
  [
    .code(
      "study-finding",
      #"""
      means = pick("mean", "entropy")
      means = means[means["site"].str.startswith("residual.")]
      if means.empty:
          none("means of the matrix entropy")
      else:
          for what, count in (
                  ("models", means["model"].nunique()), ("corpora", means["corpus"].nunique()),
                  ("runs", len(means[["model", "corpus"]].drop_duplicates()))):
              agree(what, count, "")
          for what, row in (
                  ("lowest", means.loc[means["estimate"].idxmin()]),
                  ("highest", means.loc[means["estimate"].idxmax()])):
              print(
                  f"{what} mean of all: {row['estimate']:.2f} nats, {row['model']} over {row['corpus']} "
                  f"at depth {row['depth']:.2f}")
      """#)
  ]
}
