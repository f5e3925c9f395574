// SPDX-License-Identifier: GPL-3.0-or-later

/// One column of the table of records: the glossary that the CSV header, the report's dictionary and
/// the notebook's dictionary are made from.
package struct Column: Sendable {
  /// What a column holds.
  package enum Kind: String, Sendable {
    case text
    case integer
    case number
  }

  package let name: String
  package let kind: Kind
  /// The unit of the column's values; empty when they have none.
  package let unit: String
  /// What the column says, in whole sentences.
  package let meaning: String
  /// The column's value in a row.
  package let cell: @Sendable (Record) -> Cell

  private init(
    _ name: String, _ kind: Kind, _ unit: String, _ meaning: String,
    _ cell: @escaping @Sendable (Record) -> Cell
  ) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.meaning = meaning
    self.cell = cell
  }

  private static func text(
    _ name: String, _ path: any KeyPath<Record, String> & Sendable, _ meaning: String
  ) -> Column {
    Column(name, .text, "", meaning) { Cell($0[keyPath: path]) }
  }

  private static func integer(
    _ name: String, _ path: any KeyPath<Record, Int?> & Sendable, unit: String, _ meaning: String
  ) -> Column {
    Column(name, .integer, unit, meaning) { Cell($0[keyPath: path]) }
  }

  private static func number(
    _ name: String, _ path: any KeyPath<Record, Double?> & Sendable, unit: String = "",
    _ meaning: String
  ) -> Column {
    Column(name, .number, unit, meaning) { Cell($0[keyPath: path]) }
  }

  /// Every column, in the order of the files.
  package static let all: [Column] = subject + place + quantity + value
}

extension Column {
  /// What was surveyed.
  private static let subject = [
    text(
      "run", \.run,
      """
      The run's id: the first 16 hexadecimal digits of a SHA-256 digest of everything that decides \
      its numbers. The same question has the same id.
      """),
    text("family", \.family, "The model's architecture, as its configuration spells it."),
    text("model", \.model, "The model's name: its folder, file or hub id."),
    text("revision", \.revision, "The model's revision on the hub; empty when it has none."),
    text("corpus", \.corpus, "The corpus's name, as the survey gave it."),
    text(
      "document", \.document,
      "The document's id within the corpus; empty in rows that summarise several documents."),
    integer(
      "tokens", \.tokens, unit: "tokens",
      "How many of the document's tokens went through the model, after any cut."),
  ]

  /// Where in the model and in the text.
  private static let place = [
    text(
      "site", \.site,
      """
      Where the hidden states were taken: residual.k after k blocks (residual.0 is the embedding), \
      residual-mid.k, attention-out.k and mlp-out.k inside block k, final-norm after the last norm.
      """),
    number(
      "depth", \.depth, unit: "share of the blocks",
      "How deep the site lies: blocks passed over blocks in the model, 0 … 1."),
    integer(
      "position", \.position, unit: "tokens",
      """
      In rows about positions: how many tokens from the start of the document the value is about. \
      Empty when it is about the whole document.
      """),
  ]

  /// What was measured.
  private static let quantity = [
    text(
      "preparation", \.preparation,
      """
      What was done to the states before measuring: which tokens took part, what was subtracted, \
      how rows were scaled.
      """),
    text("measure", \.measure, "What the value is: the id that `isobath explain` takes."),
    number(
      "order", \.order, "The Rényi order of the measure, 0 … inf; empty for measures without one."),
    text(
      "analysis", \.analysis,
      "How documents were summarised; empty in rows that hold one document's own value."),
  ]

  /// The number and its certainty.
  private static let value = [
    number(
      "estimate", \.estimate, unit: "the row's unit",
      "The value; when it is empty, the note says why."),
    number("low", \.low, unit: "the row's unit", "The lower end of the interval around the value."),
    number(
      "high", \.high, unit: "the row's unit", "The upper end of the interval around the value."),
    number(
      "level", \.level, unit: "share",
      "The interval's level: 0.95 for a 95 % confidence interval. What it covers, the analysis says."
    ),
    integer("n", \.n, unit: "documents", "How many documents are behind the value."),
    text(
      "unit", \.unit,
      "The unit of estimate, low and high: nats for entropies, dimensions for ranks, 1 for ratios."),
    text("note", \.note, "What a reader should know of this value: a reason, a count, a warning."),
  ]
}
