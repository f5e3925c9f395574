// SPDX-License-Identifier: GPL-3.0-or-later

/// The numbers of the laws' finding, computed again from the rows.
let sizesFinding: Section = { _ in
  [
    .code(
      "sizes-finding",
      #"""
      def control(frame):
          """h of the least squares fit of h/ln d to H/ln d, its R², and the correlation with 1/ln d."""
          value, inverse = frame["estimate"].to_numpy(float), 1 / np.log(frame["width"].to_numpy(float))
          h = (value @ inverse) / (inverse @ inverse)
          left = ((value - h * inverse) ** 2).sum()
          around = ((value - value.mean()) ** 2).sum()
          varies = np.ptp(inverse) > 0 and around > 0
          correlation = np.corrcoef(value, inverse)[0, 1] if varies else np.nan
          return h, 1 - left / around if around > 0 else np.nan, correlation


      published = values[values["measure"] == "entropy-per-log-width"]
      last = published[published["site"] == "final-norm"]
      lines = []
      for series, frame in last.groupby(place, sort=False):
          h, share, correlation = control(frame)
          lines.append({
              "family": series[0], "corpus": series[2], "sizes": len(frame),
              "b": number("size-law-power-b", series), "correlation with 1/ln d": correlation,
              "h": h, "explained by h/ln d": max(share, 0) if np.isfinite(share) else np.nan})
          if np.isfinite(number("width-control-entropy", series)):
              assert np.isclose(h, number("width-control-entropy", series), rtol=1e-9)
              assert np.isclose(share, number("width-control-r2", series), rtol=1e-6, atol=1e-9)
      lines = pd.DataFrame(lines)
      if lines.empty:
          none("the published form H/ln d at the last states")
      else:
          for family, frame in lines.groupby("family", sort=False):
              for what, scale, unit in (
                      ("b", 1, ""), ("explained by h/ln d", 100, "%"),
                      ("correlation with 1/ln d", 1, "")):
                  known = frame[what].dropna() * scale
                  for value in known.agg(["min", "max"]).unique():
                      if len(known) and value != 0:
                          agree(f"{family}, {what}", value, unit)
      lines
      """#)
  ]
}
