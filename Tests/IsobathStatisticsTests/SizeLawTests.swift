// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

@testable import IsobathStatistics

/// `Fixtures/scaling/fits.json`, made by `scripts/scaling_reference.py`.
private struct ScalingReference: Decodable, Sendable {
  struct Fit: Decodable, Sendable {
    let law: String
    let parameters: [Double]
    let errors: [Double]?
    let residualSum, rSquared: Double
    let aicc: Double?
  }
  struct Case: Decodable, Sendable {
    let name: String
    let sizes, values: [Double]
    let fits: [Fit]
    let constantP: Double?
  }
  struct Exact: Decodable, Sendable {
    let name: String
    let sizes, values, parameters: [Double]
  }
  let fits: [Case]
  let exact: [Exact]

  static func read() throws -> ScalingReference {
    try JSONDecoder().decode(Self.self, from: Fixtures.data("scaling/fits.json"))
  }
}

extension SizeFit {
  fileprivate var numbers: [FittedParameter] { [a, b] + (c.map { [$0] } ?? []) }
}

@Suite struct SizeLawTests {
  @Test func fitsAreThoseOfScipy() throws {
    let parameters = WorstError("parameters against curve_fit", tolerance: Tolerances.sizeLaws)
    let errors = WorstError("standard errors against curve_fit", tolerance: Tolerances.sizeLaws)
    let summaries = WorstError("RSS, R², AICc, p of c", tolerance: Tolerances.sizeLaws)
    for test in try ScalingReference.read().fits {
      let fitter = try SizeFitter(sizes: test.sizes)
      var found: [SizeFit] = []
      for expected in test.fits {
        let law = try #require(SizeLaw(rawValue: expected.law))
        let fit = try fitter.fit(test.values, law)
        found.append(fit)
        for (index, number) in fit.numbers.enumerated() {
          let wanted = expected.parameters[index]
          parameters.record((number.value - wanted) / wanted, at: "\(test.name) \(law) \(index)")
          let error = try #require(number.standardError)
          let wantedError = try #require(expected.errors)[index]
          errors.record((error - wantedError) / wantedError, at: "\(test.name) \(law) \(index)")
        }
        summaries.record(fit.residualSum / expected.residualSum - 1, at: "\(test.name) RSS")
        summaries.record(
          try #require(fit.rSquared) - expected.rSquared, at: "\(test.name) R²")
        if let aicc = expected.aicc {
          summaries.record(try #require(fit.aicc) - aicc, at: "\(test.name) AICc")
        } else {
          #expect(fit.aicc == nil)
        }
      }
      if let p = test.constantP {
        let own = try #require(SizeFit.constantP(found[1], without: found[0]))
        summaries.record(own - p, at: "\(test.name) p")
      }
    }
    parameters.check()
    errors.check()
    summaries.check()
  }

  @Test func lawsWithoutNoiseAreRecovered() throws {
    let worst = WorstError("noise-free laws", tolerance: Tolerances.exactSizeLaws)
    for test in try ScalingReference.read().exact {
      let law: SizeLaw = test.parameters.count == 2 ? .power : .shifted
      let fit = try SizeFitter(sizes: test.sizes).fit(test.values, law)
      for (number, wanted) in zip(fit.numbers, test.parameters) {
        worst.record((number.value - wanted) / wanted, at: "\(test.name)")
      }
      #expect(abs(try #require(fit.rSquared) - 1) < 1e-12)
    }
    worst.check()
  }

  /// Multiplying values by k multiplies a and c; multiplying sizes by k multiplies a by k^b.
  @Test func unitsDoNotMatter() throws {
    let test = try #require(
      ScalingReference.read().fits.first { $0.name == "pythia dolly-15k" })
    let fit = try SizeFitter(sizes: test.sizes).fit(test.values, .shifted)
    let scaled = try SizeFitter(sizes: test.sizes.map { $0 / 1e6 })
      .fit(test.values.map { $0 * 1e5 }, .shifted)
    #expect(abs(scaled.b.value / fit.b.value - 1) < 1e-8)
    let c = try #require(fit.c?.value)
    #expect(abs(try #require(scaled.c?.value) / (c * 1e5) - 1) < 1e-8)
    let a = fit.a.value * 1e5 * pow(1e-6, fit.b.value)
    #expect(abs(scaled.a.value / a - 1) < 1e-7)
  }

  @Test func leavingASizeOutIsFittingTheOthers() throws {
    let test = try #require(
      ScalingReference.read().fits.first { $0.name == "cerebras-gpt dolly-15k" })
    let left = SizeFitter.leaveOneOut(sizes: test.sizes, values: test.values, .power)
    #expect(left.count == 7)
    let without = try SizeFitter(sizes: Array(test.sizes.dropFirst()))
      .fit(Array(test.values.dropFirst()), .power)
    #expect(try left[0].get() == without)
    let exponents = try left.map { try $0.get().b.value }
    #expect((exponents.max() ?? 1) - (exponents.min() ?? 0) < 0.01)
  }
}

@Suite struct SizeFitFailureTests {
  private let sizes = [1e8, 3e8, 1e9, 3e9, 1e10]

  private func failure(
    _ sizes: [Double], _ values: [Double], _ law: SizeLaw = .power
  ) -> SizeFitFailure? {
    do throws(SizeFitFailure) {
      _ = try SizeFitter(sizes: sizes).fit(values, law)
      return nil
    } catch { return error }
  }

  @Test func hostileSizesAreRefused() {
    #expect(failure([1e8, -3e8, 1e9, 3e9], [4, 3, 2, 1]) == .badSize(index: 1))
    #expect(failure([1e8, 3e8, 0, 3e9], [4, 3, 2, 1]) == .badSize(index: 2))
    #expect(failure([.nan, 3e8, 1e9, 3e9], [4, 3, 2, 1]) == .badSize(index: 0))
    #expect(failure([1e8, 3e8, 1e9, .infinity], [4, 3, 2, 1]) == .badSize(index: 3))
    #expect(failure([1e8, 3e8, 1e9], [4, 3, 2]) == .fewSizes(3))
    #expect(failure([], []) == .fewSizes(0))
    #expect(failure([1e8, 1e8, 1e8, 1e8], [4, 3, 2, 1]) == .equalSizes(different: 1))
    #expect(failure([1e8, 1e8, 3e8, 1e9], [4, 3, 2, 1]) == .equalSizes(different: 3))
    #expect(failure([1, 1.0000000001, 1.0000000002, 1.0000000003], [4, 3, 2, 1]) != nil)
  }

  @Test func hostileValuesAreRefused() {
    #expect(failure(sizes, [4, 3, .nan, 2, 1]) == .badValue(index: 2))
    #expect(failure(sizes, [4, 3, .infinity, 2, 1], .shifted) == .badValue(index: 2))
    #expect(failure(sizes, [4, 4, 4, 4, 4]) == .flat)
    #expect(failure(sizes, [0, 0, 0, 0, 0], .shifted) == .flat)
    #expect(failure(sizes, [2, 1, 0.5, 0, -0.5]) == .changesSign)
  }

  /// A constant cannot be told from a straight line in ln P, whatever least squares says.
  @Test func aStraightLineHasNoConstant() {
    let line = sizes.map { 3 - 0.1 * log($0) }
    #expect(failure(sizes, line, .shifted) == .straightLine)
    #expect(failure(sizes, line.map { -$0 + 5 }, .shifted) == .straightLine)
  }

  @Test func aStepHasNoExponent() {
    #expect(failure(sizes, [5, 1, 1, 1, 1], .shifted) == .step)
    #expect(failure(sizes, [1, 1, 1, 1, 5], .shifted) == .step)
  }

  @Test func everyFailureIsOneLine() {
    let all: [SizeFitFailure] = [
      .fewSizes(1), .fewSizes(3), .equalSizes(different: 2), .badSize(index: 0),
      .badValue(index: 0), .flat, .changesSign, .straightLine, .step, .notIdentified,
      .notConverged,
    ]
    for failure in all {
      #expect(!failure.description.contains("\n") && failure.description.count < 120)
    }
  }

  /// Noise alone, at many scales: a fit or a reason, never NaN.
  @Test func noiseGivesANumberOrAReason() {
    let stream = RandomStream(seed: 7, purpose: "test", group: "noise")
    var fits = 0
    for trial in 0..<400 {
      let scale = pow(10, Double(trial % 60) - 30)
      let values = sizes.map { _ in scale * (1 + 0.3 * stream.gaussian()) }
      for law in SizeLaw.allCases {
        do throws(SizeFitFailure) {
          let fit = try SizeFitter(sizes: sizes).fit(values, law)
          fits += 1
          let numbers = [fit.a.value, fit.b.value, fit.c?.value ?? 0, fit.residualSum]
          let areFinite = numbers.allSatisfy(\.isFinite)
          #expect(areFinite, "trial \(trial), \(law)")
        } catch { #expect(failure(sizes, values, law) == error) }
      }
    }
    #expect(fits > 400)
  }
}
