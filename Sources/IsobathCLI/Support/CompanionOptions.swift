// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathJSON
import IsobathMeasure
import IsobathStudy

/// What is measured beside the spectra.
struct CompanionOptions: ParsableArguments {
  @Option(help: "Measures of states: default, all, none or a list; see 'isobath list measures'.")
  var measures = "default"

  @Option(help: "Measures of neighbouring sites: none, all or a list such as debiased-cka.")
  var pairs = "none"

  @Option(
    help: """
      Vectors kept for the corpus as a whole: mean, last, positions (tokens 1, 2, 4 …), tokens (all of \
      them, as moments), views (two altered texts, three times the work), or none.
      """)
  var pool = "mean,last"

  @Option(help: "Published codes to repeat beside: wei, diff-erank, skean, rankme.")
  var compat = "none"

  @Option(
    help: """
      Where the language-model head reads the states: none, final (the model's own loss, a quarter of \
      the work of a small model more) or all (the logit lens at every residual, many times the work).
      """)
  var lens: Companions.Lens = .none

  @Flag(inversion: .prefixedNo, help: "Keep how much attention goes to the first token.")
  var attention = true

  @Flag(inversion: .prefixedNo, help: "Keep how much of the entropy each token carries.")
  var contributions = true

  @Option(help: "A token is a sink when its state is longer than so many medians.")
  var sinkThreshold = MaskRule.defaultThreshold

  func validate() throws {
    guard sinkThreshold > 0, sinkThreshold.isFinite else {
      throw ValidationError("--sink-threshold takes a positive number, not \(sinkThreshold)")
    }
    _ = try companions
  }

  var companions: Companions {
    get throws {
      var companions = Companions()
      companions.contributions = contributions
      companions.sinkThreshold = sinkThreshold
      companions.lens = lens
      companions.attention = attention
      companions.measures = try chosen(
        measures, "measure", of: trajectoryMeasures.map { ($0.id, $0) },
        usual: Companions.usual)
      companions.pairs = try chosen(pairs, "pair measure", of: pairMeasures.map { ($0.id, $0) })
      companions.pooling = Set(
        try chosen(pool, "pooling", of: Companions.Pooling.allCases.map { ($0.rawValue, $0) }))
      companions.codes = try chosen(
        compat, "published code", of: publishedCodes.map { ($0.id, $0) })
      return companions
    }
  }

  /// The members of a list that a text names: `none`, `all`, `default` where there is one, or ids.
  private func chosen<Member>(
    _ text: String, _ kind: String, of known: [(id: String, member: Member)],
    usual: [Member]? = nil
  ) throws -> [Member] {
    var ids: Set<String> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let name = part.trimmingCharacters(in: .whitespaces)
      switch name {
      case "none": continue
      case "all": ids.formUnion(known.map(\.id))
      case "default":
        guard let usual, text == "default" else { fallthrough }
        return usual
      default:
        guard known.contains(where: { $0.id == name }) else {
          throw ValidationError(
            "'\(name)' is not a \(kind)\(Suggestion.text(for: name, among: known.map(\.id)))")
        }
        ids.insert(name)
      }
    }
    return known.filter { ids.contains($0.id) }.map(\.member)
  }
}

extension Companions.Lens: ExpressibleByArgument {}
