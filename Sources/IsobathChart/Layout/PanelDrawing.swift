// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws one panel from its top left corner: grid, marks, axis.
struct PanelDrawing: Sendable {
  let panel: Panel
  let frame: Frame
  let x: FittedAxis
  let y: FittedAxis

  func draw(clip: String, into svg: inout SVG) {
    let hidesGrid = panel.marks.contains { $0.hidesGrid }
    if !hidesGrid { drawGrid(into: &svg) }
    if frame.x is StopScale { drawStops(into: &svg) }
    svg.group("g", ["clip-path": clip]) { svg in
      for mark in panel.marks where mark.isClipped { mark.draw(in: frame, into: &svg) }
    }
    for mark in panel.marks where !mark.isClipped { mark.draw(in: frame, into: &svg) }
    drawAxis(hasTicks: !hidesGrid, into: &svg)
    if isEmpty {
      svg.label(
        "no values to show", x: frame.width / 2, y: frame.height / 2,
        font: Font(size: 12, color: .grey), anchor: .middle)
    }
  }

  private var isEmpty: Bool {
    let training = panel.training
    return training.x.isEmpty && training.y.isEmpty
  }

  private func drawGrid(into svg: inout SVG) {
    var (major, minor) = (Path(), Path())
    for place in x.minor.compactMap({ frame.x($0) }) { addUpright(place, to: &minor) }
    for place in y.minor.compactMap({ frame.y($0) }) { addLevel(place, to: &minor) }
    for place in places(x) { addUpright(place, to: &major) }
    for place in places(y) { addLevel(place, to: &major) }
    for (path, color) in [(minor, Color.minorGrid), (major, Color.grid)] where !path.data.isEmpty {
      svg.element(
        "path", ["d": path.data, "stroke": color, "stroke-width": 1.0, "fill": "none"])
    }
  }

  /// Where ticks have lines: names have room instead.
  private func places(_ axis: FittedAxis) -> [Double] {
    axis.ticks.filter { axis.scale.room($0.value) == 0 }.compactMap { axis.scale($0.value) }
  }

  private func addUpright(_ x: Double, to path: inout Path) {
    path.segment(Point(x: x, y: 0), Point(x: x, y: frame.height))
  }

  private func addLevel(_ y: Double, to path: inout Path) {
    path.segment(Point(x: 0, y: y), Point(x: frame.width, y: y))
  }

  /// A paler ground behind named stops: they are not a part of the axis.
  private func drawStops(into svg: inout SVG) {
    for tick in x.ticks {
      let room = frame.x.room(tick.value)
      guard room > 0, let place = frame.x(tick.value) else { continue }
      svg.element(
        "rect",
        [
          "x": place - room / 2 + 3, "y": 0.0, "width": room - 6, "height": frame.height,
          "fill": Color.stop,
        ])
    }
  }

  private func drawAxis(hasTicks: Bool, into svg: inout SVG) {
    var path = Path()
    if hasTicks {
      path.segment(Point(x: 0, y: frame.height), Point(x: frame.width, y: frame.height))
    }
    for place in x.ticks.compactMap({ frame.x($0.value) }) {
      path.segment(Point(x: place, y: frame.height), Point(x: place, y: frame.height + 4))
    }
    guard !path.data.isEmpty else { return }
    svg.element(
      "path", ["d": path.data, "stroke": Color.axis, "stroke-width": 1.0, "fill": "none"])
  }
}
