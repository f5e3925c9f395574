// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import IsobathMeasure
import IsobathTestSupport
import Testing

/// Every preparation from shared Gram matrices against the states prepared one by one.
@Suite struct DocumentGramTests {
  private static let orders = [0.5, 1, 2, 4, Double.infinity]
  private let rule = MaskRule(special: [0, 5, 6])

  private func tokens(_ mask: Preparation.Mask, _ x: Matrix) throws -> [Int] {
    let norms = (0..<x.rows).map { row in
      (0..<x.columns).reduce(0.0) { $0 + Double(x[row, $1]) * Double(x[row, $1]) }.squareRoot()
    }
    return try rule.tokens(mask, norms: norms)
  }

  @Test(arguments: Shape.hard) func everyPreparation(_ shape: Shape) throws {
    let x = shape.states(seed: 17)
    let worst = WorstError("preparations, \(shape)", tolerance: Tolerance.entropies)
    let half = WorstError("order ½, \(shape)", tolerance: Tolerance.halfOrder)
    let evidence = x.withView {
      DocumentEvidence($0, preparations: Preparation.all, positions: .log, rule: rule)
    }
    for prepared in evidence.prepared {
      let preparation = prepared.preparation
      let tokens = try tokens(preparation.mask, x)
      let plain = PlainPreparation(x, tokens: tokens, preparation)
      let known = try #require(try plain.spectrum())
      let found = try prepared.spectrum.get()
      #expect(found.tokens == known.tokens && found.width == x.columns)
      #expect(found.tokens + found.droppedRows == tokens.count)
      for order in Self.orders {
        let entropy = try #require(RenyiEntropy(order: order))
        let error = try #require(entropy(found)) - #require(entropy(known))
        (order == 0.5 ? half : worst).record(error, at: "\(preparation.id), order \(order)")
      }
    }
    worst.check()
    half.check()
  }

  @Test(arguments: Shape.hard) func everyPrefix(_ shape: Shape) throws {
    let x = shape.states(seed: 23)
    let worst = WorstError("prefixes, \(shape)", tolerance: Tolerance.prefixes)
    let half = WorstError("prefixes at order ½, \(shape)", tolerance: Tolerance.halfOrder)
    let orders = Self.orders.compactMap { RenyiEntropy(order: $0) }
    for preparation in Preparation.all where preparation.mask != .withoutFirst {
      let curves = x.withView {
        DocumentEvidence(
          $0, preparations: [preparation], positions: .log, orders: orders, rule: rule
        ).prepared[0].prefixes.curves
      }
      #expect(curves.map(\.order) == [1, 2, 0.5, 4, .infinity])
      let masked = try tokens(preparation.mask, x)
      for curve in curves {
        let entropy = try #require(RenyiEntropy(order: curve.order))
        for (t, value) in zip(curve.positions, curve.values) {
          let first = masked.filter { $0 < t }
          let known = try PlainPreparation(x, tokens: first, preparation).spectrum().flatMap {
            entropy($0)
          }
          #expect((value == nil) == (known == nil), "\(preparation.id), t = \(t)")
          guard let value, let known else { continue }
          (curve.order == 0.5 ? half : worst).record(
            value - known, at: "\(preparation.id), t = \(t), order \(curve.order)")
        }
      }
    }
    worst.check()
    half.check()
  }

  /// Not nearly the same: the same bits.
  @Test func aMaskThatRemovesNothingChangesNothing() throws {
    let x = Shape(description: "", rows: 30, columns: 50, offset: 2).states(seed: 3)
    let none = MaskRule(special: [99], sinkThreshold: 1e6)
    let preparations = ["paper", "paper-without-special", "unit", "unit-without-sinks"].compactMap {
      Preparation(id: $0)
    }
    for (whole, masked) in [(0, 1), (2, 3)] {
      let together = x.withView {
        DocumentEvidence($0, preparations: preparations, positions: .log, rule: none).prepared
      }
      #expect(together[whole].spectrum == together[masked].spectrum)
      let alone = [whole, masked].map { index in
        x.withView {
          DocumentEvidence($0, preparations: [preparations[index]], positions: .log, rule: none)
            .prepared[0]
        }
      }
      #expect(alone[0].spectrum == alone[1].spectrum)
      #expect(alone[0].prefixes == alone[1].prefixes)
      #expect(alone[0].spectrum == together[whole].spectrum)
    }
  }

  /// Most tokens are long and special: without them the shared shift is far from what is left, and
  /// the states are prepared directly.
  @Test func whereDigitsWouldBeLostTheStatesArePrepared() throws {
    let evens = Set(stride(from: 0, to: 41, by: 2))
    let long = Dictionary(uniqueKeysWithValues: evens.map { ($0, Float(1e6)) })
    let x = Shape(description: "", rows: 41, columns: 60, long: long).states(seed: 6)
    let worst = WorstError("far from the shift", tolerance: Tolerance.entropies)
    for id in ["paper-without-special", "centred-without-special"] {
      let preparation = try #require(Preparation(id: id))
      let prepared = x.withView {
        DocumentEvidence(
          $0, preparations: [preparation], positions: .log, rule: MaskRule(special: evens)
        ).prepared[0]
      }
      let odds = (0..<41).filter { !$0.isMultiple(of: 2) }
      for (curve, order) in zip(prepared.prefixes.curves, [1.0, 2]) {
        let entropy = try #require(RenyiEntropy(order: order))
        for t in [5, 16, 41] {
          let plain = PlainPreparation(x, tokens: odds.filter { $0 < t }, preparation)
          let known = try #require(try plain.spectrum().flatMap { entropy($0) })
          let place = try #require(curve.positions.firstIndex(of: t))
          worst.record(try #require(curve.values[place]) - known, at: "\(id), t = \(t), \(order)")
        }
      }
    }
    worst.check()
  }

  @Test func aMaskThatRemovesAllSaysSo() throws {
    let x = Shape(description: "", rows: 4, columns: 6).states(seed: 4)
    let special = try #require(Preparation(id: "paper-without-special"))
    let evidence = x.withView {
      DocumentEvidence(
        $0, preparations: [special], positions: .log, rule: MaskRule(special: Set(0..<4)))
    }
    #expect(evidence.prepared[0].spectrum == .failure(.maskedOut))
    #expect(
      evidence.prepared[0].prefixes.curves.allSatisfy { $0.values.allSatisfy { $0 == nil } })
    // Nobody said which are special: that is not the same as none.
    let unknown = x.withView {
      DocumentEvidence($0, preparations: Preparation.all, positions: .none).prepared
    }
    for prepared in unknown {
      let isUnknown = prepared.spectrum == .failure(.specialUnknown)
      #expect(isUnknown == (prepared.preparation.mask == .withoutSpecial))
    }
  }

  /// An infinity in the first token spoils what it takes part in, and nothing else.
  @Test func whatIsNotFiniteStaysWhereItIs() throws {
    var values = Shape(description: "", rows: 6, columns: 9).states(seed: 5).elements
    values[3] = .infinity
    let x = Matrix(6, 9, values)
    let evidence = x.withView {
      DocumentEvidence(
        $0, preparations: Preparation.all, positions: .log, rule: MaskRule(special: []))
    }
    for prepared in evidence.prepared {
      switch prepared.preparation.mask {
      case .all, .withoutSpecial: #expect(prepared.spectrum == .failure(.notFinite))
      case .withoutFirst, .withoutSinks:
        let plain = PlainPreparation(x, tokens: Array(1..<6), prepared.preparation)
        let known = try #require(try plain.spectrum())
        let found = try prepared.spectrum.get()
        for (a, b) in zip(found.eigenvalues, known.eigenvalues) { #expect(abs(a - b) < 1e-14) }
      }
    }
  }

  @Test func idsNameEveryCombination() throws {
    #expect(Preparation.all.count == 16)
    #expect(Set(Preparation.all).count == 16 && Set(Preparation.all.map(\.id)).count == 16)
    #expect(Set(Preparation.all.map(\.about)).count == 16)
    for preparation in Preparation.all {
      #expect(Preparation(id: preparation.id) == preparation)
    }
    #expect(Preparation(id: "paper-without-sinks")?.mask == .withoutSinks)
    #expect(Preparation(id: "paper-without-nothing") == nil)
    #expect(Preparation.all.first == .paper && Preparation.paperWithoutFirst.id.hasSuffix("-first"))
  }
}
