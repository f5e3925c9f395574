// SPDX-License-Identifier: GPL-3.0-or-later

/// From a value to its place along one side of a panel, in px.
package protocol PositionScale: Sendable {
  /// The centre; `nil` for what has no place here, such as a missing value or, on a logarithm, zero.
  func callAsFunction(_ value: Value) -> Double?
  /// The room that a value has for itself, in px; 0 where places are continuous.
  func room(_ value: Value) -> Double
}

extension PositionScale {
  func callAsFunction(_ number: Double) -> Double? { self(.number(number)) }
}

/// What a continuous scale applies before it stretches.
enum Transform: Sendable {
  case identity
  case logarithm

  func callAsFunction(_ x: Double) -> Double? {
    switch self {
    case .identity: x
    case .logarithm: x > 0 ? logarithm10(x) : nil
    }
  }
}

/// A linear or logarithmic scale.
struct ContinuousScale: PositionScale {
  let transform: Transform
  /// Ends in transformed units, low below high.
  let low: Double
  let high: Double
  /// Their places.
  let start: Double
  let end: Double

  func callAsFunction(_ value: Value) -> Double? {
    guard let number = value.number, let x = transform(number) else { return nil }
    return start + (x - low) / (high - low) * (end - start)
  }

  func room(_ value: Value) -> Double { 0 }
}

/// Names, each with an equal share of the side.
struct BandScale: PositionScale {
  let names: [String]
  private let places: [Value: Int]
  private let start: Double
  private let step: Double

  init(names: [String], start: Double, end: Double) {
    self.names = names
    self.start = start
    places = Dictionary(uniqueKeysWithValues: names.enumerated().map { (.name($1), $0) })
    step = (end - start) / Double(max(names.count, 1))
  }

  func callAsFunction(_ value: Value) -> Double? {
    places[value].map { start + (Double($0) + 0.5) * step }
  }

  func room(_ value: Value) -> Double { abs(step) }
}

/// A continuous scale with named stops of their own beyond its end, as a final norm stands after
/// the last layer without being one.
struct StopScale: PositionScale {
  let numbers: ContinuousScale
  let stops: BandScale

  func callAsFunction(_ value: Value) -> Double? {
    if case .name = value { return stops(value) }
    return numbers(value)
  }

  func room(_ value: Value) -> Double {
    if case .name = value { return stops.room(value) }
    return 0
  }
}
