// SPDX-License-Identifier: GPL-3.0-or-later

/// One small chart of a figure: its title and its marks. Panels of a figure share their scales.
package struct Panel: Sendable {
  package let title: String
  package let marks: [any Mark]

  package init(_ title: String = "", @MarkBuilder marks: () -> [any Mark]) {
    self.title = title
    self.marks = marks()
  }

  /// One panel for each key, in order of first appearance.
  package static func each<Rows: Sequence>(
    _ rows: Rows, by key: Channel<Rows.Element>,
    @MarkBuilder marks: (_ rows: [Rows.Element]) -> [any Mark]
  ) -> [Panel] {
    let rows = Array(rows)
    return groups(by: rows.map { key($0).channelValue }).map { group in
      let title =
        switch group.key {
        case .name(let name): name
        case .number(let number): NumberFormat.automatic(number)
        case .missing: "no value"
        }
      return Panel(title) { marks(group.rows.map { rows[$0] }) }
    }
  }

  var training: Training {
    marks.reduce(into: Training()) { training, mark in mark.train(&training) }
  }
}
