// SPDX-License-Identifier: GPL-3.0-or-later

/// A continuous run of colours, as stops between which colours are mixed.
package struct Ramp: Sendable {
  private let stops: [(place: Double, color: Color)]
  /// The role of its colours when lines have them; nil when they are the same in every theme.
  let lineRole: String?

  /// - Parameter stops: places from 0 to 1, rising, with their colours.
  init(_ stops: [(Double, Color)], lineRole: String? = nil) {
    self.lineRole = lineRole
    precondition(stops.first?.0 == 0 && stops.last?.0 == 1, "a ramp runs from 0 to 1")
    self.stops = stops.map { (place: $0.0, color: $0.1) }
  }

  /// The colour at a place, 0…1.
  func callAsFunction(_ place: Double) -> Color {
    let place = min(max(place, 0), 1)
    let upper = stops.firstIndex { $0.place >= place } ?? stops.count - 1
    guard upper > 0 else { return stops[0].color }
    let (low, high) = (stops[upper - 1], stops[upper])
    return low.color.mixed(
      with: high.color, share: (place - low.place) / (high.place - low.place))
  }

  /// Cividis (Nuñez, Anderton and Renslow 2018, doi 10.1371/journal.pone.0199239): lightness rises
  /// evenly and reads the same with and without colour vision deficiency. Thirteen stops of its 256
  /// colours, no more than 1.5/255 away from any of them.
  package static let cividis = Ramp(
    [
      (0, 0x00224E), (20, 0x003070), (23, 0x013271), (29, 0x143670), (41, 0x293F6E),
      (73, 0x4C556C), (119, 0x757575), (138, 0x868379), (181, 0xB0A571), (216, 0xD5C25E),
      (239, 0xEFD748), (252, 0xFEE434), (255, 0xFEE838),
    ].map { (Double($0.0) / 255, Color($0.1)) }, lineRole: "ramp")

  /// For signed differences: from the palette's blue through near white to its vermillion, which
  /// stay apart in every common colour vision deficiency.
  package static let diverging = Ramp([
    (0, Color(0x00466E)), (0.25, Color(0x4F9BCB)), (0.5, Color(0xF4F4F2)),
    (0.75, Color(0xE58A4B)), (1, Color(0x8A3B00)),
  ])
}
