// SPDX-License-Identifier: GPL-3.0-or-later

/// How numbers are written, the same in every locale, with a true minus sign.
package enum NumberFormat: Sendable, Equatable {
  /// On an axis, as many decimals as its step needs; elsewhere up to four significant digits.
  case automatic
  /// This many decimals.
  case fixed(Int)
  /// This many significant digits, as a power of ten when very small or large.
  case significant(Int)
  /// Up to so many significant digits, without ending zeros; whole numbers in full.
  case trimmed(Int)
  /// The shortest text that reads back as the same number.
  case shortest
  /// A share in percent with this many decimals: 0.25 → 25 %.
  case percent(Int)
  /// 1.3k, 70M, 1.3B.
  case compact
  /// m×10ⁿ.
  case power

  package func callAsFunction(_ x: Double) -> String {
    guard x.isFinite else { return x.isNaN ? "not a number" : x < 0 ? "−∞" : "∞" }
    return withMinus(text(x))
  }

  private func text(_ x: Double) -> String {
    guard x != 0 else { return zero }
    switch self {
    case .automatic: return NumberFormat.rounded(x, digits: 4, keepsZeros: false)
    case .trimmed(let digits):
      return x == x.rounded() && abs(x) < 1e15
        ? NumberFormat.fixed(0).text(x)
        : NumberFormat.rounded(x, digits: digits, keepsZeros: false)
    case .fixed(let places):
      return abs(x) < 1e15
        ? Decimal.grouped(Decimal.fixed(x, places: places)) : NumberFormat.power(x, digits: 4)
    case .significant(let digits): return NumberFormat.rounded(x, digits: digits, keepsZeros: true)
    case .shortest:
      let text = x.description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .percent(let places): return NumberFormat.fixed(places).text(x * 100) + "\u{202F}%"
    case .compact: return NumberFormat.compacted(x)
    case .power: return NumberFormat.power(x, digits: 3)
    }
  }

  private var zero: String {
    switch self {
    case .fixed(let places): Decimal.fixed(0, places: places)
    case .percent(let places): Decimal.fixed(0, places: places) + "\u{202F}%"
    default: "0"
    }
  }

  private static func rounded(_ x: Double, digits: Int, keepsZeros: Bool) -> String {
    precondition((1...15).contains(digits), "\(digits) significant digits asked for")
    let magnitude = exponent(of: x, digits: digits)
    guard (-4..<15).contains(magnitude) else { return power(x, digits: digits) }
    let places = min(15, max(0, digits - 1 - magnitude))
    let text = Decimal.fixed(x, places: places)
    return Decimal.grouped(keepsZeros ? text : Decimal.trimmed(text))
  }

  /// ⌊log₁₀ |x|⌋ of `x` as it will read once rounded to `digits`: 9.996 to three digits is 10.0.
  private static func exponent(of x: Double, digits: Int) -> Int {
    let estimate = Int(logarithm10(abs(x)).rounded(.down))
    let unit = scaled(abs(x), down: estimate)
    let nearlyTen = 10 - 5 / tenTo(digits)
    // The estimate may be one off where the logarithm or the division has rounded.
    return unit >= nearlyTen ? estimate + 1 : unit * 10 < nearlyTen ? estimate - 1 : estimate
  }

  /// m×10ⁿ with so many significant digits.
  static func power(_ x: Double, digits: Int) -> String {
    guard x != 0 else { return "0" }
    let magnitude = exponent(of: x, digits: digits)
    let mantissa = scaled(x, down: magnitude)
    let text = Decimal.trimmed(Decimal.fixed(mantissa, places: digits - 1))
    let power = "10" + superscript(magnitude)
    return text == "1" ? power : text == "-1" ? "-" + power : text + "×" + power
  }

  /// x·10⁻ⁿ in two steps, for the far ends where one power would overflow or vanish.
  private static func scaled(_ x: Double, down n: Int) -> Double {
    x / tenTo(n / 2) / tenTo(n - n / 2)
  }

  private static func compacted(_ x: Double) -> String {
    for (unit, letter) in [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")]
    where abs(x) >= unit * 0.9995 && abs(x) < 1e18 {
      return rounded(x / unit, digits: 3, keepsZeros: false) + letter
    }
    return rounded(x, digits: 3, keepsZeros: false)
  }

  /// A whole number in superscript digits.
  static func superscript(_ n: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return String(
      String(n).map { character in character.wholeNumberValue.map { digits[$0] } ?? "⁻" })
  }
}

/// With a true minus sign, as wide as a plus, for each hyphen.
func withMinus(_ text: String) -> String { String(text.map { $0 == "-" ? "−" : $0 }) }
