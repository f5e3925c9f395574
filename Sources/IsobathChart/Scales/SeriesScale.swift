// SPDX-License-Identifier: GPL-3.0-or-later

/// From a series' key to its looks: names take the palette in turn, numbers a place on a ramp.
package struct SeriesScale: Sendable {
  /// Okabe and Ito 2008, in an order that keeps neighbours apart; its yellow is left out, for on
  /// white paper it cannot be seen.
  static let palette: [Color] = [
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x333333,
  ].enumerated().map { Color($1, role: "series-\($0)") }

  let names: [String]
  private let places: [String: Int]
  private let color: ColorScale
  /// Numbers that have a name each, rising: they have a dash each as well.
  private let named: [Double]
  /// How numbers name their series; `nil` when a colour bar does.
  private let format: NumberFormat?

  /// - Parameter order: names that come first, in this order, present or not, so that a model
  ///   keeps its colour from one chart to the next.
  init(_ domain: Domain, order: [String], color: ColorScale, format: NumberFormat?) {
    var known = Set<String>()
    names = (order + domain.names).filter { known.insert($0).inserted }
    places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    self.color = color
    self.format = format
    named = format == nil ? [] : Set(domain.numbers).sorted()
  }

  func look(_ key: Value, _ style: Style) -> Look {
    let base = look(key)
    return Look(
      color: style.color ?? base.color, dash: style.dash ?? base.dash,
      marker: style.marker ?? base.marker)
  }

  /// What the legend calls a series; empty for rows without one.
  func label(_ key: Value) -> String {
    switch key {
    case .name(let name): name
    case .number(let number): format.map { $0(number) } ?? ""
    case .missing: ""
    }
  }

  private func look(_ key: Value) -> Look {
    switch key {
    case .number(let number):
      let place = named.firstIndex(of: number) ?? 0
      return Look(color: color.color(number), dash: dash(place), marker: marker(place))
    case .name(let name):
      let place = places[name] ?? 0
      return Look(
        color: SeriesScale.palette[place % SeriesScale.palette.count], dash: dash(place),
        marker: marker(place))
    case .missing:
      return Look(color: SeriesScale.palette[0], dash: .solid, marker: .circle)
    }
  }

  private func dash(_ place: Int) -> Dash { Dash.allCases[place % Dash.allCases.count] }

  private func marker(_ place: Int) -> Marker { Marker.allCases[place % Marker.allCases.count] }
}
