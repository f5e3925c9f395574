// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import IsobathLinear
import IsobathMeasure
import IsobathTestSupport
import Testing

/// Measures of a real model's states, a sink among them, against numpy.
@Suite struct ReferenceTests {
  private let expected: JSON
  private let real: RealStates

  init() throws {
    expected = try JSONDocument(Array(Fixtures.data("measures/expected.json"))).root
    real = try RealStates()
  }

  private func evidence(_ index: Int, _ preparation: Preparation) -> DocumentEvidence.Prepared {
    real[index].withView {
      DocumentEvidence($0, preparations: [preparation], positions: .log).prepared[0]
    }
  }

  @Test func spectralMeasures() throws {
    let entropies = WorstError("entropies", tolerance: Tolerance.entropies)
    let half = WorstError("entropies of order ½", tolerance: Tolerance.halfOrder)
    let ranks = WorstError("effective rank of the states", tolerance: Tolerance.effectiveRank)
    let orders = [0.5, 1, 2, 4, Double.infinity]
    for (index, layer) in try #require(expected["layers"]).elements.enumerated() {
      for id in ["paper", "raw", "unit", "centred", "paper-without-first"] {
        let preparation = try #require(Preparation(id: id))
        let spectrum = try evidence(index, preparation).spectrum.get()
        let wanted = try #require(layer[id])
        let known = try #require(wanted["entropies"]).elements.compactMap(\.double)
        for (order, value) in zip(orders, known) {
          let entropy = try #require(RenyiEntropy(order: order))
          let found = try #require(entropy(spectrum))
          (order == 0.5 ? half : entropies).record(
            found - value, at: "\(id), entry \(layer["layer"]?.int ?? -1), order \(order)")
        }
        let rank = try #require(wanted["effective_rank_states"]?.double)
        ranks.record(try value("effective-rank-states", spectrum) / rank - 1, at: id)
        let participation = try #require(wanted["participation"]?.double)
        ranks.record(try value("participation-ratio", spectrum) / participation - 1, at: id)
      }
    }
    entropies.check()
    half.check()
    ranks.check()
  }

  @Test func prefixes() throws {
    let worst = WorstError("prefix entropies", tolerance: Tolerance.prefixes)
    var compared = 0
    for (index, layer) in try #require(expected["layers"]).elements.enumerated() {
      for id in ["paper", "centred", "raw"] {
        let curves = evidence(index, try #require(Preparation(id: id))).prefixes.curves
        for prefix in try #require(layer["prefixes"]).elements {
          let t = try #require(prefix["t"]?.int)
          let known = try #require(prefix[id]).elements.compactMap(\.double)
          for (curve, value) in zip(curves, known) {
            // The reference has lengths that the grid leaves out.
            guard let place = curve.positions.firstIndex(of: t) else { continue }
            compared += 1
            let found = try #require(curve.values[place])
            worst.record(found - value, at: "\(id), entry \(index), t = \(t), order \(curve.order)")
          }
        }
      }
    }
    worst.check()
    #expect(compared > 100)
  }

  /// The whole document is the longest prefix.
  @Test func theLastPrefixIsTheDocument() throws {
    let worst = WorstError("last prefix", tolerance: Tolerance.prefixes)
    for index in 0..<5 {
      let found = evidence(index, .paper)
      let spectrum = try found.spectrum.get()
      for curve in found.prefixes.curves {
        #expect(curve.positions.last == real.tokens)
        let entropy = try #require(RenyiEntropy(order: curve.order))
        let whole = try #require(entropy(spectrum))
        worst.record(try #require(curve.values.last ?? nil) - whole, at: "entry \(index)")
      }
    }
    worst.check()
  }
}
