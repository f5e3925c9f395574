// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import IsobathMeasure
import Testing

/// States without a spectrum give a reason, never a NaN.
@Suite struct MissingTests {
  private func evidence(
    _ rows: Int, _ values: [Float], _ preparation: Preparation = .paper
  ) -> DocumentEvidence.Prepared {
    Matrix(rows, values.count / max(rows, 1), values).withView {
      DocumentEvidence($0, preparations: [preparation], positions: .log).prepared[0]
    }
  }

  @Test func reasons() throws {
    let raw = try #require(Preparation(id: "raw"))
    let without = try #require(Preparation(id: "paper-without-first"))
    #expect(evidence(0, []).spectrum == .failure(.noTokens))
    #expect(evidence(1, [1, 2, 3]).spectrum == .failure(.oneToken))
    #expect(evidence(2, [1, 2, 3, 4], without).spectrum == .failure(.oneToken))
    #expect(evidence(1, [1, 2], without).spectrum == .failure(.maskedOut))
    #expect(evidence(0, [], without).spectrum == .failure(.noTokens))
    #expect(evidence(3, [1, 2, 1, 2, 1, 2]).spectrum == .failure(.allEqual))
    #expect(evidence(2, [0, 0, 0, 0], raw).spectrum == .failure(.allZero))
    #expect(evidence(2, [1, .nan, 3, 4]).spectrum == .failure(.notFinite))
    #expect(evidence(2, [1, 2, .infinity, 4], raw).spectrum == .failure(.notFinite))
  }

  @Test func oneTokenHasAValueWhenNothingIsCentred() throws {
    let raw = try #require(Preparation(id: "raw"))
    let spectrum = try evidence(1, [3, 4], raw).spectrum.get()
    #expect(spectrum.eigenvalues == [1])
    let perTokens = try #require(measures.first { $0.id == "entropy-per-log-tokens" })
    #expect(perTokens(spectrum) == nil)
  }

  /// A token at the mean has no direction: it is left out and counted.
  @Test func aTokenAtTheMeanIsDropped() throws {
    let spectrum = try evidence(3, [1, 0, 0, 0, -1, 0]).spectrum.get()
    #expect(spectrum.droppedRows == 1)
    #expect(spectrum.tokens == 2)
    #expect(spectrum.eigenvalues.first == 1)
  }

  @Test func theFirstPrefixIsMissingAndTheRestIsNot() throws {
    let curves = evidence(4, [1, 0, 0, 1, 2, 2, 5, 1]).prefixes.curves
    #expect(curves.count == 2)
    for curve in curves {
      #expect(curve.positions == [1, 2, 3, 4])
      #expect(curve.values[0] == nil)
      #expect(curve.values.dropFirst().allSatisfy { $0 != nil })
    }
    #expect(
      evidence(3, [1, 2, 1, 2, 1, 2]).prefixes.curves.allSatisfy { curve in
        curve.values.allSatisfy { $0 == nil }
      })
  }

  @Test func gridsNestAndEnd() {
    #expect(PositionPolicy.none.grid(tokens: 5).isEmpty)
    #expect(PositionPolicy.all.grid(tokens: 3) == [1, 2, 3])
    #expect(PositionPolicy.log.grid(tokens: 40) == Array(1...32) + [40])
    #expect(PositionPolicy.log.grid(tokens: 100) == Array(1...32) + [45, 64, 91, 100])
    #expect(PositionPolicy.log.grid(tokens: 0).isEmpty)
    #expect(PositionPolicy.log.grid(tokens: 1) == [1])
  }
}
