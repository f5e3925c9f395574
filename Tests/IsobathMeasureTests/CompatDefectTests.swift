// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear
import IsobathMeasure
import IsobathTestSupport
import Testing

/// Each defect that a published code's entry tells of, by the amount that it tells.
@Suite struct CompatDefectTests {
  private func values(_ states: Matrix) -> [String: PublishedValue] {
    let found = states.withView { states in publishedCodes.flatMap { $0(states) } }
    return Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0) })
  }

  private func value(_ name: String, _ states: Matrix) throws -> PublishedValue {
    try #require(values(states)[name])
  }

  /// Published less corrected.
  private func excess(_ name: String, _ states: Matrix) throws -> Double {
    let value = try value(name, states)
    return try value.published.get() - value.corrected.get()
  }

  private func near(_ value: Double, _ known: Double) -> Bool {
    abs(value - known) < CompatTolerance.closedForm
  }

  // MARK: - wei, diff-erank

  @Test(arguments: 0..<5) func nullDirectionsAddNoise(_ entry: Int) throws {
    let states = try RealStates()[entry]
    let noise = try excess("wei-entropy", states)
    #expect(noise > 4e-5 && noise < 3e-4)
    #expect(try near(excess("wei-entropy-per-log-width", states), noise / log(576)))
    let rank = try value("diff-erank-effective-rank", states).corrected.get()
    #expect(try abs(excess("diff-erank-effective-rank", states) - rank * noise) < 1e-5 * rank)
  }

  @Test func aZeroRowStopsTheSurvey() throws {
    let states = Matrix(3, 2, [1, 0, 0, 0, -1, 0])
    for name in ["wei-entropy", "diff-erank-effective-rank"] {
      let value = try value(name, states)
      #expect(value.published == .failure(.raises("LinAlgError")))
      #expect(try near(value.corrected.get(), name == "wei-entropy" ? 0 : 1))
    }
    let one = try value("wei-entropy-per-log-width", Matrix(1, 3, [1, 2, 3]))
    #expect(one.published == .failure(.raises("LinAlgError")))
    #expect(one.corrected == .failure(.oneToken))
  }

  /// ±a, ±b, ±c and a token between them: the sum of sevenths that float32 cannot hold leaves a row of
  /// rounding, which counts as much as any other.
  @Test func roundingIsScaledToUnitLength() throws {
    var noise = Noise(4)
    let half = (0..<(3 * 64)).map { _ in Float(1) / 3 + noise.gaussian() }
    let states = Matrix(
      7, 64, half + [Float](repeating: 0, count: 64) + half.map { -$0 })
    let found = try value("wei-entropy", states)
    #expect(try found.corrected.get() < log(3))
    #expect(try excess("wei-entropy", states) > 0.2)
    let equal = try value(
      "wei-entropy", Matrix(7, 64, Array(repeating: half[0..<64], count: 7).flatMap(\.self)))
    let small = try equal.published.get()
    #expect(small > 0 && small < 2e-4)
    #expect(equal.corrected == .failure(.allEqual))
  }

  /// Orthogonal rows are as even as 17 tokens can be, and stay below one all the same.
  @Test func theDenominatorIsOutOfReach() throws {
    var elements = [Float](repeating: 0, count: 17 * 64)
    for row in 0..<17 { elements[row * 64 + row] = 1 }
    let value = try value("wei-entropy-per-log-width", Matrix(17, 64, elements))
    #expect(try near(value.corrected.get(), log(16) / log(64)))
    #expect(try abs(value.published.get() - log(16) / log(64)) < 1e-5)
  }

  // MARK: - skean

  /// Two tokens are ±z: [[1, −1], [−1, 1]] becomes the unit matrix.
  @Test func clampingMakesAnotherMatrix() throws {
    let states = Matrix(2, 3, [1, 2, 4, 0, 5, 1])
    #expect(try near(value("skean-entropy", states).published.get(), log(2)))
    #expect(try near(value("skean-entropy", states).corrected.get(), 0))
    for entry in 0..<5 {
      let more = try excess("skean-entropy", RealStates()[entry])
      #expect(more > 0.03 && more < 0.35)
    }
  }

  @Test func theShortcutIsTwoLogarithmsOff() throws {
    let states = Matrix(2, 3, [1, 2, 4, 0, 5, 1])
    #expect(
      try near(value("skean-collision-entropy-shortcut", states).published.get(), 3 * log(2)))
    // Orthogonal after centring: nothing is clamped, the shortcut alone is wrong.
    let cross = Matrix(4, 2, [1, 0, -1, 0, 0, 1, 0, -1])
    #expect(try near(excess("skean-collision-entropy-shortcut", cross), 2 * log(2)))
  }

  @Test func anglesAreFoldedAndMissingOnesAreZero() throws {
    let zigzag = Matrix(4, 2, [1, 0, -1, 0, 1, 0, -1, 0])
    #expect(try near(excess("skean-curvature", zigzag), -Double.pi))
    let noise = Shape(description: "noise", rows: 200, columns: 90, decay: 0).states(seed: 3)
    let curvature = try value("skean-curvature", noise)
    #expect(try abs(curvature.published.get() - Double.pi / 3) < 0.02)
    #expect(try abs(curvature.corrected.get() - 2 * Double.pi / 3) < 0.02)
    // Of two angles, one is between a step and none.
    let pause = Matrix(4, 2, [1, 0, 0, 1, 0, 1, -1, -2])
    #expect(try value("skean-curvature", pause).published.get() == 0)
    #expect(try value("skean-curvature", pause).corrected == .failure(.tooFew))
    let two = try value("skean-curvature", Matrix(2, 2, [1, 0, 0, 1]))
    #expect(two.published == .success(0) && two.corrected == .failure(.tooFew))
  }

  @Test func oneTokenHasAnEntropyOfZero() throws {
    let found = values(Matrix(1, 3, [1, 2, 3]))
    #expect(found["skean-entropy"]?.published == .success(0))
    #expect(found["skean-entropy"]?.corrected == .failure(.oneToken))
    #expect(
      found["skean-entropy-per-log-tokens"]?.published == .failure(.raises("ZeroDivisionError")))
    let mean = values(Matrix(3, 2, [1, 0, 0, 0, -1, 0]))
    #expect(mean["skean-entropy"]?.published == .failure(.notANumber))
    #expect(mean["skean-curvature"]?.published == .failure(.raises("Exception")))
    #expect(try near(#require(mean["skean-entropy"]).corrected.get(), 0))
  }

  // MARK: - rankme

  @Test func emptyDirectionsAreCounted() throws {
    // One direction of 60: each of the other 59 shares is 10⁻⁷, and −p ln p of it is 1.6e-6.
    let line = Matrix(60, 60, (0..<3600).map { Float(1 + $0 / 60) })
    let more = try excess("rankme-effective-rank", line)
    #expect(more > 59 * 1.5e-6 && more < 59 * 2.2e-6)
    for entry in 0..<5 {
      let more = try excess("rankme-effective-rank", RealStates()[entry])
      #expect(more > 8e-4 && more < 1.2e-2)
    }
    let zeros = try value("rankme-effective-rank", Matrix(zeros: 4, 3))
    #expect(zeros.published == .failure(.notANumber) && zeros.corrected == .failure(.allZero))
  }

  // MARK: - all

  @Test func whatIsNotFiniteFails() throws {
    for bad in [Float.nan, .infinity] {
      for (name, value) in values(Matrix(3, 2, [1, bad, 0, 2, 3, 4])) where name != "skean-length" {
        #expect(throws: PublishedFailure.self, "\(name)") { try value.published.get() }
        #expect(value.corrected == .failure(.notFinite), "\(name)")
      }
    }
  }

  @Test func listsAreWhole() {
    let found = values(Matrix(3, 2, [1, 0, 5, 2, 3, 4]))
    #expect(found.count == 15)
    #expect(publishedCodes.map(\.id) == ["wei", "diff-erank", "skean", "rankme"])
    for (name, value) in found {
      #expect(publishedCodes.contains { name.hasPrefix($0.id + "-") })
      #expect(!value.title.isEmpty && value.counterpart.contains("preparation '"))
    }
    for code in publishedCodes {
      #expect(code.source.contains("arXiv") && code.source.contains("github.com"))
      for text in code.defects + [code.steps, code.title, code.source] {
        #expect(!text.isEmpty && !text.contains("\n"))
      }
    }
    let failures: [PublishedFailure] = [.notANumber, .raises("ValueError"), .tooLarge(order: 9)]
    for failure in failures { #expect(failure.description.contains("code")) }
  }
}
