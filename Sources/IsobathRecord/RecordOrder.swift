// SPDX-License-Identifier: GPL-3.0-or-later

extension Record {
  /// The order of rows in exported files, and a total one: what was surveyed, the document, the
  /// question, then along depth and position. Rows about no single document come first. Digits in
  /// names count as numbers (`doc-2` before `doc-10`); a missing number comes before any other.
  package func comesBefore(_ other: Record) -> Bool {
    for order in Record.orders {
      switch order(self, other) {
      case .before: return true
      case .after: return false
      case .same: continue
      }
    }
    return false
  }

  private typealias Order = @Sendable (Record, Record) -> Placement

  private static let orders: [Order] = [
    by(\.run), by(\.model), by(\.revision), by(\.family), by(\.corpus), by(\.document),
    by(\.analysis), by(\.preparation), by(\.measure), by(number: \.order), by(number: \.depth),
    { Placement($0.site, $1.site, inForwardOrder: ()) },
    by(integer: \.position), by(number: \.level), by(\.unit), by(integer: \.tokens),
    by(integer: \.n), by(number: \.estimate), by(number: \.low), by(number: \.high), by(\.note),
  ]

  private static func by(_ path: any KeyPath<Record, String> & Sendable) -> Order {
    { Placement($0[keyPath: path], $1[keyPath: path]) }
  }

  private static func by(number path: any KeyPath<Record, Double?> & Sendable) -> Order {
    { Placement($0[keyPath: path], $1[keyPath: path]) }
  }

  private static func by(integer path: any KeyPath<Record, Int?> & Sendable) -> Order {
    { Placement($0[keyPath: path], $1[keyPath: path]) }
  }
}

extension Sequence<Record> {
  /// The rows in the order of exported files, whatever order they came in.
  package func sortedForExport() -> [Record] { sorted { $0.comesBefore($1) } }
}

/// Where one value stands relative to another.
enum Placement: Sendable {
  case before
  case same
  case after

  /// The sites of one depth in the order in which a forward pass meets them.
  private static let forward = [
    "attention-out", "residual-mid", "mlp-out", "residual", "final-norm",
  ]

  init(_ left: String, _ right: String, inForwardOrder: Void) {
    let ranks = [left, right].map { site in
      Placement.forward.firstIndex(of: String(site.prefix { $0 != "." })) ?? Placement.forward.count
    }
    self = Placement(ranks[0], ranks[1])
    if self == .same { self = Placement(left, right) }
  }

  init<Value: Comparable>(_ left: Value?, _ right: Value?) {
    switch (left, right) {
    case (nil, nil): self = .same
    case (nil, _): self = .before
    case (_, nil): self = .after
    case (let left?, let right?): self = left < right ? .before : right < left ? .after : .same
    }
  }

  /// Runs of digits compare as numbers, everything else byte by byte.
  init(_ left: String, _ right: String) {
    // Most columns of most neighbours are equal.
    if left.utf8.elementsEqual(right.utf8) {
      self = .same
      return
    }
    var (a, b) = (left.utf8[...], right.utf8[...])
    while let first = a.first, let second = b.first {
      let (digits, others) = (
        a.prefix(while: Placement.isDigit), b.prefix(while: Placement.isDigit)
      )
      if digits.isEmpty || others.isEmpty {
        guard first == second else {
          self = first < second ? .before : .after
          return
        }
        (a, b) = (a.dropFirst(), b.dropFirst())
      } else {
        let (value, other) = (Placement.significant(digits), Placement.significant(others))
        guard value.elementsEqual(other) else {
          self =
            value.count == other.count
            ? (value.lexicographicallyPrecedes(other) ? .before : .after)
            : (value.count < other.count ? .before : .after)
          return
        }
        (a, b) = (a.dropFirst(digits.count), b.dropFirst(others.count))
      }
    }
    guard a.isEmpty, b.isEmpty else {
      self = a.isEmpty ? .before : .after
      return
    }
    // `doc-2` and `doc-02` are different names.
    self = left.utf8.lexicographicallyPrecedes(right.utf8) ? .before : .after
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Digits without leading zeros.
  private static func significant(_ digits: Substring.UTF8View) -> Substring.UTF8View {
    digits.drop { $0 == UInt8(ascii: "0") }
  }
}
