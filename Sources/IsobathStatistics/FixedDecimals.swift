// SPDX-License-Identifier: GPL-3.0-or-later

extension Double {
  /// The number with so many decimals, rounded to nearest, with a true minus sign.
  func formatted(digits: Int) -> String {
    precondition((0...9).contains(digits), "\(digits) decimals")
    guard isFinite, abs(self) < 1e9 else { return "\(self)" }
    let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
    let units = Int((abs(self) * Double(scale)).rounded())
    let sign = self < 0 && units > 0 ? "−" : ""
    guard digits > 0 else { return "\(sign)\(units)" }
    let decimals = String(units % scale)
    let padding = String(repeating: "0", count: digits - decimals.count)
    return "\(sign)\(units / scale).\(padding)\(decimals)"
  }
}
