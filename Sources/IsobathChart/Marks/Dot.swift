// SPDX-License-Identifier: GPL-3.0-or-later

/// A marker at each row; shape and colour tell the series. Where values have names, series stand
/// side by side.
package struct Dot: Mark {
  private let x: [Value]
  private let y: [Value]
  private let series: SeriesChannel

  /// - Parameter style: `width` is the diameter in px.
  package init<Rows: Sequence>(
    _ rows: Rows, x: Channel<Rows.Element>, y: Channel<Rows.Element>,
    series: Channel<Rows.Element>? = nil, name: String = "", style: Style = .standard
  ) {
    let rows = Array(rows)
    self.x = rows.map { x($0).channelValue }
    self.y = rows.map { y($0).channelValue }
    self.series = SeriesChannel(rows, channel: series, name: name, style: style)
  }

  package func train(_ training: inout Training) {
    training.x.add(x)
    training.y.add(y)
    series.train(&training)
  }

  package func draw(in frame: Frame, into svg: inout SVG) {
    let places = Places(x: x, y: y, series: series.groups, in: frame)
    for group in series.groups {
      let look = frame.series.look(group.key, series.style)
      let points = group.rows.compactMap { row in
        places.point(x[row], y[row], series: group.key)
      }
      look.marker.draw(
        at: points.filter(frame.holds), radius: (series.style.width ?? 6.4) / 2, color: look.color,
        into: &svg)
    }
  }

  package func data(in frame: Frame) -> [Datum] {
    let places = Places(x: x, y: y, series: series.groups, in: frame)
    return series.data { row, key in
      Datum(places.point(x[row], y[row], series: key), x[row], y[row], key, places.isFlat)
    }
  }

  package func keys(_ series: SeriesScale) -> [LegendKey] {
    self.series.keys(series) { .marker($0) }
  }
}
