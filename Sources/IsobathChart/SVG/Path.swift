// SPDX-License-Identifier: GPL-3.0-or-later

/// A point of a panel in px, from its top left corner.
package struct Point: Sendable, Equatable {
  package var x: Double
  package var y: Double
}

/// The data of a path element.
struct Path: Sendable {
  private(set) var data = ""

  mutating func move(_ point: Point) { append("M", point.x, point.y) }

  mutating func line(_ point: Point) { append("L", point.x, point.y) }

  mutating func close() { data += "Z" }

  mutating func polyline(_ points: [Point]) {
    for (index, point) in points.enumerated() {
      if index == 0 { move(point) } else { line(point) }
    }
  }

  mutating func segment(_ from: Point, _ to: Point) {
    move(from)
    line(to)
  }

  /// A rectangle whose sides are rounded, not its width, so that neighbours share them exactly.
  mutating func rectangle(left: Double, top: Double, right: Double, bottom: Double) {
    let (x0, x1) = (hundredths(left), hundredths(right))
    let (y0, y1) = (hundredths(top), hundredths(bottom))
    data += "M\(decimal(x0)) \(decimal(y0))h\(decimal(x1 - x0))v\(decimal(y1 - y0))"
    data += "h\(decimal(x0 - x1))z"
  }

  /// A dot for a stroke with round caps: a segment without length.
  mutating func dot(_ point: Point) {
    move(point)
    data += "h0"
  }

  private mutating func append(_ command: String, _ x: Double, _ y: Double) {
    data += command + coordinate(x)
    let second = coordinate(y)
    data += second.hasPrefix("-") ? second : " " + second
  }
}

/// A coordinate in px to two decimals, without ending zeros; what lies far outside is drawn at
/// ±100 000, where no panel is.
func coordinate(_ x: Double) -> String { decimal(hundredths(x)) }

private func hundredths(_ x: Double) -> Int {
  precondition(!x.isNaN, "a coordinate that is not a number")
  return Int((min(max(x, -1e5), 1e5) * 100).rounded())
}

private func decimal(_ hundredths: Int) -> String {
  let sign = hundredths < 0 ? "-" : ""
  let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
  if rest == 0 { return sign + String(whole) }
  let tail = rest % 10 == 0 ? String(rest / 10) : (rest < 10 ? "0" : "") + String(rest)
  return sign + (whole == 0 ? "" : String(whole)) + "." + tail
}
