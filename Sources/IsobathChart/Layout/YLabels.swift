// SPDX-License-Identifier: GPL-3.0-or-later

/// The labels of a vertical axis.
enum YLabels {
  private static let font = Font(size: 11, color: .grey)

  /// - Parameter widest: longer labels are shortened.
  static func width(_ axes: [FittedAxis], widest: Double) -> Double {
    let labels = axes.flatMap(\.ticks).map { min(font.width($0.label), widest) }
    return labels.max() ?? 0
  }

  /// Whether each label has a line for itself.
  static func fit(_ ticks: [Tick], _ scale: any PositionScale) -> Bool {
    let places = ticks.compactMap { scale($0.value) }.sorted()
    return zip(places.dropFirst(), places).allSatisfy { $0 - $1 >= 13 }
  }

  /// - Parameter origin: the panel's top left corner.
  static func draw(_ axis: FittedAxis, at origin: Point, widest: Double, into svg: inout SVG) {
    for tick in axis.ticks {
      guard let y = axis.scale(tick.value) else { continue }
      svg.label(
        font.shortened(tick.label, to: widest), x: origin.x - 8, y: origin.y + y + 3.9, font: font,
        anchor: .end)
    }
  }
}
