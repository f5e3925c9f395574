// SPDX-License-Identifier: GPL-3.0-or-later

/// A figure in the page itself, which stands for an image: drawn twice, for wide and for narrow
/// screens, so that its words can be read on both.
package struct HTMLFigure: Sendable {
  /// One drawing with its values.
  package struct Drawing: Sendable {
    let svg: String
    let values: String
    private let width: Double

    /// - Parameters:
    ///   - width: as a share of a figure's usual width.
    ///   - svg: written into the page as it is: it must come from code that escapes what it shows.
    ///   - values: JSON for the page's script, without `<` and `&`.
    package init(svg: String, values: String, width: Double = 1) {
      precondition(
        !values.contains { $0 == "<" || $0 == "&" }, "values that could end their script")
      self.svg = svg
      self.values = values
      self.width = width
    }

    /// The style sheet knows widths in steps of a tenth: the policy leaves no other place for them.
    var widthClass: String {
      let tenths = Int((min(max(width, 0.3), 1) * 10).rounded(.up))
      return tenths < 10 ? " w\(tenths)" : ""
    }
  }

  private let wide: Drawing
  private let narrow: Drawing

  package init(wide: Drawing, narrow: Drawing) {
    self.wide = wide
    self.narrow = narrow
  }

  var html: String {
    [("wide", wide), ("narrow", narrow)].map { name, drawing in
      """
      <div class="canvas \(name)\(drawing.widthClass)">
      \(drawing.svg)<script type="application/json" class="values">\(drawing.values)</script>
      </div>

      """
    }.joined()
  }
}
