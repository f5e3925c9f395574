// SPDX-License-Identifier: GPL-3.0-or-later

/// The finding in words, every number of it from the rows.
let finding: Section = { _ in
  [
    .markdown("finding-heading", "## The finding"),
    .code(
      "finding",
      #"""
      def with_interval(row, digits=2):
          text = f"{row['estimate']:.{digits}f}"
          if pd.notna(row["low"]) and pd.notna(row["high"]):
              text += f" [{row['low']:.{digits}f}, {row['high']:.{digits}f}]"
          return text


      def place(row):
          return "at the embedding" if row["block"] == 0 else (
              f"after {row['block']:.0f} of {blocks} blocks")


      entropy = pick("mean", "entropy")
      curve = entropy[(entropy["block"] <= blocks) & entropy["estimate"].notna()]
      if len(curve) < 2:
          none("means of the matrix entropy at two depths or more")
      else:
          first, last = curve.iloc[0], curve.iloc[-1]
          low = curve.loc[curve["estimate"].idxmin()]
          n = int(low["n"])
          texts = f"{n} document" + ("s" if n != 1 else "")
          sentence = (
              f"Over {texts}, the matrix entropy of {model} is {with_interval(first)} nats "
              f"{place(first)}, lowest {place(low)} (depth {low['depth']:.2f}) with "
              f"{with_interval(low)} nats, and {with_interval(last)} nats {place(last)}.")
          valley = pick("valley", "entropy")
          valley = valley[valley["estimate"].notna()]
          if len(valley) and pd.notna(valley.iloc[0]["low"]):
              v = valley.iloc[0]
              sentence += (
                  f" The lowest point lies between depths {v['low']:.2f} and {v['high']:.2f} "
                  f"({100 * v['level']:g} % interval over documents).")
          deficit = pick("mean", "deficit")
          deficit = deficit[deficit["site"] == low["site"]]
          if len(deficit) and pd.notna(deficit.iloc[0]["estimate"]):
              sentence += (
                  f" There it is {with_interval(deficit.iloc[0])} nats below what as many random "
                  f"directions would have.")
          level = curve["level"].dropna()
          if len(level):
              sentence += f" Brackets: {100 * level.iloc[0]:g} % intervals over documents."
          print(sentence)
      """#),
  ]
}
