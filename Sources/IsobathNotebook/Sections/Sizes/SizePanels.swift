// SPDX-License-Identifier: GPL-3.0-or-later

/// What figures of sizes share: panels, their names and axes.
let sizePanels: Section = { _ in
  [
    .code(
      "size-panels",
      #"""
      from matplotlib.ticker import LogLocator


      def panels_of(frame, most=4):
          """The series of a frame, so many at a time as a figure has room for."""
          series = list(frame.groupby(place, sort=False))
          return [series[start:start + most] for start in range(0, len(series), most)]


      def panel_name(series):
          """A corpus, and a depth that is not the last."""
          return series[2] if series[3] in ("", "final-norm") else f"{series[2]}, {series[3]}"


      def compact(value, _):
          """A count as 10k, 2M or 5B."""
          for unit, name in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
              if value >= unit:
                  return f"{value / unit:g}{name}"
          return f"{value:g}"


      def size_axes(axis, values):
          """Sizes on a logarithmic axis, and values too where they allow it."""
          axis.set_xscale("log")
          low, high = axis.get_xlim()
          axis.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if high < 100 * low else (1,)))
          axis.xaxis.set_major_formatter(compact)
          axis.xaxis.set_minor_formatter("")
          if (values > 0).all():
              axis.set_yscale("log")
          for show in (axis.yaxis.set_major_formatter, axis.yaxis.set_minor_formatter):
              show(lambda value, _: f"{value:.3g}")
      """#)
  ]
}
