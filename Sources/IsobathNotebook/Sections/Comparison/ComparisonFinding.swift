// SPDX-License-Identifier: GPL-3.0-or-later

/// The numbers of a comparison's finding, computed again from its rows.
let comparisonFinding: Section = { _ in
  [
    .code(
      "comparison-finding",
      #"""
      def of_sites(analysis):
          """Rows about the entropy of whole documents at every site, in forward order."""
          found = everywhere[(everywhere["analysis"] == analysis) & (everywhere["measure"] == "entropy")]
          return found[found["position"].isna() & found["estimate"].notna()]


      def members(row):
          """The differences that a range is the mean of: sites of one kind between its ends."""
          first, last = re.search(r"(\S+)(?: to (\S+))? \(\d+ sites?\)", row["note"]).groups()
          alike = differences[differences["site"].str.split(".").str[0] == first.split(".")[0]]
          sites = list(alike["site"])
          return alike.iloc[sites.index(first):sites.index(last or first) + 1]


      differences, ranges = of_sites(main), of_sites("changed-range")
      if differences.empty:
          none("differences of the matrix entropy")
      elif len(ranges):
          parts = [members(row) for _, row in ranges.iterrows()]
          weights = [abs(part["estimate"].mean()) * len(part) for part in parts]
          for index in np.argsort(weights, kind="stable")[::-1][:4]:
              part = parts[index]
              ends = where(part["site"].iloc[0]), where(part["site"].iloc[-1])
              span = ends[0] if len(part) == 1 else f"{ends[0]} to {ends[1]}"
              agree(f"mean change, {span}", part["estimate"].mean())
          tests = of_sites("difference-p-max-t")
          found = int((tests["estimate"] < 0.05).sum())
          print(f"sites with adjusted p < 0.05: {found} of {len(differences)}")
      elif (differences["estimate"] == 0).all():
          print(f"every difference is 0, at all {len(differences)} sites")
      else:
          largest = differences.loc[differences["estimate"].abs().idxmax()]
          agree(f"largest mean difference, {where(largest['site'])}", largest["estimate"])
      """#)
  ]
}
