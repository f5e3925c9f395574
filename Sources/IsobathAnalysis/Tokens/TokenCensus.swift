// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathStatistics

/// Which tokens carry the entropy at one site: the mean contribution of each kind of token, over the
/// mean of its document.
///
/// h_i/H is 1 for a token that carries as much as the document's tokens do on average. Kinds are told
/// apart by their text; a document's first token is a kind of its own, because that is where sinks
/// are. The unit of resampling is the document: the value of a document is the mean over its tokens of
/// the kind.
package struct TokenCensus: Sendable {
  /// One kind of token.
  package struct Kind: Sendable, Equatable {
    /// What a token says; nil for the first token of a document, whatever it is.
    package let text: String?
    /// How many tokens are of this kind.
    package let tokens: Int
    /// The mean of h_i/H over documents that have the kind, with its interval.
    package let share: Interval

    package var documents: Int { share.n }
  }

  package let site: String
  package let preparation: String
  /// The first tokens of all documents.
  package let first: Kind?
  /// The kinds that enough documents have, those that carry most first.
  package let kinds: [Kind]
  /// A kind is reported when so many documents have it.
  package let fewest: Int

  /// - Parameters:
  ///   - run: with contributions and texts of tokens.
  ///   - site: index into the run's sites.
  ///   - preparation: under which contributions were taken.
  /// - Returns: nil when the run has none of them.
  package init?(
    _ run: RunReader, site: Int, preparation: String, _ options: AnalysisOptions
  ) throws(RecordError) {
    var tally = Tally()
    var sources: [String?] = []
    for page in run.pages(of: 64) {
      let documents = try run.documents(page, parts: .tokens)
      sources += documents.map { $0.source.isEmpty ? nil : $0.source }
      let curves = try run.curves(
        page, site: site, preparation: preparation, measure: TokenContributions.measure.id)
      for (index, curve) in curves {
        guard let texts = documents[index - page.lowerBound].text?.texts else { continue }
        tally.add(curve, texts, document: index)
      }
    }
    guard !tally.values.isEmpty else { return nil }
    self.site = run.sites[site].name
    self.preparation = preparation
    let fewest = max(5, run.completed / 10)
    self.fewest = fewest
    let common = tally.values.filter { $0.key == nil || $0.value.documents.count >= fewest }
    let found = TokenCensus.kinds(common, sources, options)
    first = found.first { $0.text == nil }
    kinds = found.filter { $0.text != nil && $0.share.estimate != nil }.sorted {
      ($0.share.estimate ?? 0, $1.text ?? "") > ($1.share.estimate ?? 0, $0.text ?? "")
    }
  }

  private static func kinds(
    _ common: [String?: Tally.Values], _ sources: [String?], _ options: AnalysisOptions
  ) -> [Kind] {
    common.map { text, values in
      let members = values.documents.sorted { $0.key < $1.key }
      let units = Units(sources: members.map { sources[$0.key] })
      let means = members.map { $0.value.sum / Double($0.value.count) }
      let interval = options.bootstrap(over: units).means([means])[0]
      return Kind(text: text, tokens: values.tokens, share: interval)
    }
  }
}

/// The contributions of each kind of token, by document.
private struct Tally {
  struct Values {
    var tokens = 0
    var documents: [Int: (sum: Double, count: Int)] = [:]

    mutating func add(_ share: Double, document: Int) {
      tokens += 1
      documents[document, default: (0, 0)].sum += share
      documents[document, default: (0, 0)].count += 1
    }
  }

  private(set) var values: [String?: Values] = [:]

  mutating func add(_ curve: PositionRow, _ texts: [String], document: Int) {
    let mean = curve.estimates.reduce(0, +) / Double(max(curve.estimates.count, 1))
    guard mean > 0 else { return }
    for (position, value) in zip(curve.positions, curve.estimates) {
      guard position <= texts.count else { continue }
      let kind = position == 1 ? nil : texts[Int(position) - 1]
      values[kind, default: Values()].add(value / mean, document: document)
    }
  }
}
