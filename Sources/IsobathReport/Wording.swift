// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathChart
import IsobathMarkdown
import IsobathRecord

/// Numbers and places as sentences and tables write them.
enum Wording {
  /// A number with so many decimals and a real minus sign.
  static func number(_ value: Double?, _ decimals: Int = 3) -> String {
    guard let value, value.isFinite else { return "–" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let units = (value.magnitude * scale).rounded()
    guard units < 1e15 else { return "\(value)" }
    let digits = String(Int(units))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = value < 0 && units > 0 ? "−" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// From 2 to 6 decimals, so many that a magnitude has two digits.
  static func decimals(for magnitude: Double) -> Int {
    guard magnitude.isFinite, magnitude > 0 else { return 2 }
    var (decimals, units) = (2, magnitude * 100)
    while units < 9.5, decimals < 6 { (decimals, units) = (decimals + 1, units * 10) }
    return decimals
  }

  /// `3.21 [3.15, 3.27]`, or the number alone when there is no interval.
  static func interval(_ row: Record?, _ decimals: Int = 2) -> String {
    guard let row, let estimate = row.estimate else { return "no value" }
    guard let low = row.low, let high = row.high else { return number(estimate, decimals) }
    return "\(number(estimate, decimals)) [\(number(low, decimals)), \(number(high, decimals))]"
  }

  static func percent(_ share: Double) -> String { number(100 * share, 0) + " %" }

  /// `α` as reports write it: ½, ∞.
  static func order(_ order: Double?) -> String {
    guard let order else { return "" }
    if order == 0.5 { return "½" }
    if order == .infinity { return "∞" }
    return order == order.rounded() ? number(order, 0) : "\(order)"
  }

  /// A site as text: "the embedding", "12 of 30 blocks", "the final norm".
  static func place(_ site: String, blocks: Int) -> String {
    switch site {
    case "residual.0": return "the embedding"
    case "residual.\(blocks)": return "the last block"
    case "final-norm": return "the final norm"
    default:
      return residualDepth(site).map { "\($0) of \(blocks) blocks" } ?? site
    }
  }

  /// A site's place on a depth axis: the number of blocks passed, or a name beside the axis.
  static func depth(_ site: String) -> Value {
    if let blocks = residualDepth(site) { return .number(Double(blocks)) }
    return .name(site == "final-norm" ? "final norm" : site)
  }

  /// A token as a reader can see it: blanks and line ends have signs.
  static func token(_ text: String?, quotes: Bool = true) -> String {
    let visible = (text ?? "").map { character -> String in
      switch character {
      case " ": "␣"
      case "\n", "\r\n", "\r": "↵"
      case "\t": "⇥"
      default: String(character)
      }
    }.joined()
    return quotes ? "“\(visible)”" : visible
  }

  /// Whether a row belongs to the depth curve.
  static func isOnCurve(_ row: Record) -> Bool {
    row.site.hasPrefix("residual.") || row.site == "final-norm"
  }
}

extension Table {
  /// A table of text columns followed by number columns, from plain strings.
  init(_ texts: [String], numbers: [String], _ rows: [[String]]) {
    self.init(
      texts.map { Column(Prose($0)) } + numbers.map { .number(Prose($0)) },
      rows: rows.map { $0.map { Prose($0) } })
  }
}
