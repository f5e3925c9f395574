// SPDX-License-Identifier: GPL-3.0-or-later

/// Where each curve is lowest, as a table.
let valleys: Section = { _ in
  [
    .markdown(
      "valleys-heading",
      """
      ## Where each curve is lowest

      The valley of each run with its interval in blocks, the entropy and the deficit there, the entropy after
      the last block, and the loss where it was measured.
      """),
    .code(
      "valleys",
      #"""
      def at(measure, run, site):
          """The mean of a measure of a run at a site."""
          found = pick("mean", measure)
          found = found[(found["run"] == run) & (found["site"] == site)]
          return found["estimate"].iloc[0] if len(found) else np.nan


      lines = []
      for _, row in runs.iterrows():
          found = pick("valley", "entropy")
          found = found[found["run"] == row["run"]]
          if found.empty:
              continue
          valley, depth = found.iloc[0], int(row["blocks"])
          ends = [f"{depth * end:.0f}" for end in (valley["low"], valley["high"]) if pd.notna(end)]
          lines.append({
              "model": row["name"], "corpus": row["corpus"],
              "lowest after block": f"{depth * valley['estimate']:.0f} of {depth}",
              "interval": "–".join(dict.fromkeys(ends)),
              "H there (nats)": at("entropy", row["run"], valley["site"]),
              "deficit there": at("deficit", row["run"], valley["site"]),
              "H after the last block": at("entropy", row["run"], f"residual.{depth}"),
              "loss (nats/token)": at("loss", row["run"], "")})
      if not lines:
          none("valleys")
      pd.DataFrame(lines).dropna(axis="columns", how="all").round(3)
      """#),
  ]
}
