// SPDX-License-Identifier: GPL-3.0-or-later

extension Chart {
  private static let fonts = "DejaVu Sans, Helvetica, Arial, sans-serif"

  /// The figure as the text of an SVG file, ending in a newline.
  package var svg: String {
    let layout = Layout(self)
    var svg = SVG()
    let size: SVG.Attributes = [
      "xmlns": "http://www.w3.org/2000/svg", "width": width, "height": layout.height,
      "viewBox": viewBox(layout), "role": "img",
      "aria-labelledby": "\(identifier)-title \(identifier)-desc", "font-family": Chart.fonts,
    ]
    draw(layout, size, id: identifier, into: &svg) { _ in }
    return svg.text
  }

  /// The figure as a part of a page: its colours are the page's (see `Theme`), and its values are
  /// there for who points at them, as titles and as data.
  ///
  /// - Parameter id: tells the figures of a page apart; other characters than ASCII letters, digits
  ///   and hyphens become hyphens.
  package func interactive(id: String) -> InteractiveFigure {
    let layout = Layout(self)
    let id = String(
      id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    let values = FigureValues(self, layout)
    var svg = SVG(isThemed: true)
    let size: SVG.Attributes = [
      "viewBox": viewBox(layout), "width": width, "height": layout.height, "role": "img",
      "aria-labelledby": "\(id)-title \(id)-desc", "font-family": Chart.fonts,
    ]
    draw(layout, size, id: id, into: &svg) { values.drawTitles(into: &$0) }
    return InteractiveFigure(svg: svg.text, values: values.json)
  }

  private func viewBox(_ layout: Layout) -> String {
    "0 0 \(coordinate(width)) \(coordinate(layout.height))"
  }

  private func draw(
    _ layout: Layout, _ attributes: SVG.Attributes, id: String, into svg: inout SVG,
    _ last: (inout SVG) -> Void
  ) {
    svg.group("svg", attributes) { svg in
      svg.element("title", ["id": "\(id)-title"], content: title)
      svg.element("desc", ["id": "\(id)-desc"], content: description)
      svg.element(
        "rect", ["width": width, "height": layout.height, "fill": Color.paper])
      draw(layout, id: id, into: &svg)
      last(&svg)
    }
  }

  private func draw(_ layout: Layout, id: String, into svg: inout SVG) {
    let left = Layout.margin
    let grid = layout.grid
    layout.header.draw(x: left, into: &svg)
    layout.legend.draw(x: left, y: layout.header.height, into: &svg)
    layout.yTitle.draw(
      x: left, y: grid.top - grid.titleHeight - 8 - layout.yTitle.height, into: &svg)
    svg.group("clipPath", ["id": "\(id)-panel"]) { svg in
      svg.element(
        "rect",
        [
          "x": -4.0, "y": -4.0, "width": grid.panelWidth + 8, "height": grid.panelHeight + 8,
        ])
    }
    for index in panels.indices { draw(panel: index, layout, id: id, into: &svg) }
    layout.bar?.draw(x: grid.right, y: grid.top, id: "\(id)-ramp", into: &svg)
    layout.ends.draw(x: grid.right, y: grid.top, panelHeight: grid.panelHeight, into: &svg)
    layout.xTitle.draw(
      x: (grid.left + grid.right) / 2, y: layout.xTitleTop, anchor: .middle, into: &svg)
    layout.caption.draw(
      x: left, y: layout.xTitleTop + layout.xTitle.height + 8, into: &svg)
  }

  private func draw(panel index: Int, _ layout: Layout, id: String, into svg: inout SVG) {
    let origin = layout.grid.origin(index)
    let frame = layout.frame(index)
    let panel = panels[index]
    let drawing = PanelDrawing(panel: panel, frame: frame, x: layout.xAxis, y: layout.yAxes[index])
    if !panel.title.isEmpty {
      let font = Font(size: 12, isBold: true)
      let text = font.fitted(printable(panel.title), to: frame.width)
      svg.label(text, x: origin.x, y: origin.y - 8, font: font)
    }
    svg.group("g", ["transform": "translate(\(coordinate(origin.x)) \(coordinate(origin.y)))"]) {
      drawing.draw(clip: "url(#\(id)-panel)", into: &$0)
    }
    if layout.grid.isFirstColumn(index) || !sharesY {
      YLabels.draw(
        layout.yAxes[index], at: origin, widest: Layout.widestLabel(self), into: &svg)
    }
    if layout.grid.isLowest(index) {
      layout.xLabels.draw(
        at: Point(x: origin.x, y: origin.y + frame.height), limits: 4...(width - 4), into: &svg)
    }
  }

  /// The same for the same words, so that figures put into one page keep their names apart
  /// (FNV-1a of what a reader is told).
  private var identifier: String {
    var digest: UInt32 = 2_166_136_261
    for byte in "\(title)\n\(subtitle)\n\(caption)\n\(description)".utf8 {
      digest = (digest ^ UInt32(byte)) &* 16_777_619
    }
    return "c" + String(digest, radix: 16)
  }
}
