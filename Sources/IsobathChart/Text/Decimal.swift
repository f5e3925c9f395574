// SPDX-License-Identifier: GPL-3.0-or-later

/// Decimal text without a locale and without rounding twice.
enum Decimal {
  /// `x` with `places` digits after the point: the exact binary value, rounded half to even, as C's
  /// `%.*f` does; a zero has no sign.
  ///
  /// - Parameter places: 0 to 15; |x| below 1e21.
  static func fixed(_ x: Double, places: Int) -> String {
    precondition((0...15).contains(places), "\(places) decimals asked for, at most 15")
    precondition(abs(x) < 1e21, "\(x) is too large for fixed decimals")
    let scaled = roundedProduct(abs(x), tenTo: places)
    var digits = String(scaled)
    if places > 0 {
      digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
    }
    return x < 0 && scaled != 0 ? "-" + digits : digits
  }

  /// x·10ⁿ to the nearest whole number; 53 + 50 bits of product and 70 of magnitude fit in 128.
  private static func roundedProduct(_ x: Double, tenTo n: Int) -> UInt128 {
    guard x > 0 else { return 0 }
    // x = significand · 2^shift exactly, with a whole significand.
    let isSubnormal = x.exponentBitPattern == 0
    let hidden: UInt64 = isSubnormal ? 0 : 1 << 52
    let significand = UInt128(x.significandBitPattern | hidden)
    let shift = (isSubnormal ? 1 : Int(x.exponentBitPattern)) - 1075
    var product = significand
    for _ in 0..<n { product *= 10 }
    if shift >= 0 { return product << UInt128(shift) }
    // Below 2^-128 of a unit nothing rounds up.
    guard shift > -128 else { return 0 }
    let whole = product >> UInt128(-shift)
    let rest = product - (whole << UInt128(-shift))
    let half = UInt128(1) << UInt128(-shift - 1)
    let roundsUp = rest > half || (rest == half && whole & 1 == 1)
    return roundsUp ? whole + 1 : whole
  }

  /// Without the zeros that end its fraction.
  static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = Substring(text)
    while text.last == "0" { text = text.dropLast() }
    if text.last == "." { text = text.dropLast() }
    return String(text)
  }

  /// With a comma between thousands when the whole part has five digits or more.
  static func grouped(_ text: String) -> String {
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.dropFirst(sign.count).split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = Array(parts[0])
    guard whole.count > 4 else { return text }
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0 && (whole.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return sign + grouped + (parts.count > 1 ? "." + parts[1] : "")
  }
}
