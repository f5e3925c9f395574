// SPDX-License-Identifier: GPL-3.0-or-later

/// What is done to a document's states before their spectrum is taken: mask, then centre, then scale
/// rows. The three choices are independent, and every number carries them.
package struct Preparation: Hashable, Sendable {
  /// Which tokens take part.
  package enum Mask: String, Sendable, CaseIterable {
    case all
    /// All but the first position, where attention sinks sit.
    case withoutFirst = "without-first"
    /// All but those that the tokenizer calls special: `MaskRule.special`.
    case withoutSpecial = "without-special"
    /// All but those whose state is far longer than the median: `MaskRule.sinkThreshold`.
    case withoutSinks = "without-sinks"

    /// The tokens that stay, in words.
    package var about: String {
      switch self {
      case .all: "all tokens"
      case .withoutFirst: "all tokens but the first"
      case .withoutSpecial: "all tokens but the special ones"
      case .withoutSinks: "all tokens but the sinks"
      }
    }
  }
  /// What is subtracted from every row.
  package enum Centring: String, Sendable, CaseIterable {
    case none
    /// The mean over the document's tokens.
    case tokens
  }
  /// The length of rows.
  package enum Rows: String, Sendable, CaseIterable {
    case asTheyAre = "as-they-are"
    /// Unit L2 norm.
    case unit
  }

  package let mask: Mask
  package let centring: Centring
  package let rows: Rows

  package init(mask: Mask = .all, centring: Centring, rows: Rows) {
    self.mask = mask
    self.centring = centring
    self.rows = rows
  }

  /// Wei et al., arXiv 2401.17139: all tokens, centred over tokens, then unit rows.
  package static let paper = Preparation(centring: .tokens, rows: .unit)

  /// The paper's, with the first position left out: what remains without the usual sink.
  package static let paperWithoutFirst = Preparation(
    mask: .withoutFirst, centring: .tokens, rows: .unit)

  /// What is done after the mask, by name.
  private static let plain: [(name: String, centring: Centring, rows: Rows)] = [
    ("paper", .tokens, .unit), ("raw", .none, .asTheyAre), ("unit", .none, .unit),
    ("centred", .tokens, .asTheyAre),
  ]

  /// Each name, the mask's as a suffix unless every token takes part.
  private static let names: [(String, Preparation)] = Mask.allCases.flatMap { mask in
    plain.map { name, centring, rows in
      (
        mask == .all ? name : "\(name)-\(mask.rawValue)",
        Preparation(mask: mask, centring: centring, rows: rows)
      )
    }
  }

  /// Every preparation, the paper's first.
  package static let all = names.map(\.1)

  /// Its name in commands, rows and reports.
  package var id: String {
    Preparation.names.first { $0.1 == self }?.0 ?? "\(mask.rawValue),\(centring),\(rows.rawValue)"
  }

  /// The preparation of that name, nil for another name.
  package init?(id: String) {
    guard let found = Preparation.names.first(where: { $0.0 == id }) else { return nil }
    self = found.1
  }

  /// One sentence for lists and reports.
  package var about: String {
    let centre = centring == .tokens ? "centred over tokens" : "not centred"
    let length = rows == .unit ? "rows of unit length" : "rows as they are"
    return "\(mask.about), \(centre), \(length)"
  }
}
