// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear
import IsobathMeasure
import IsobathTestSupport
import Testing

/// What one long token does: found, bounded, and listed by feature.
@Suite struct SinkTests {
  private func raw(_ x: Matrix) throws -> Spectrum {
    let raw = try #require(Preparation(id: "raw"))
    return try x.withView {
      try DocumentEvidence($0, preparations: [raw], positions: .none).prepared[0].spectrum.get()
    }
  }

  @Test(arguments: Shape.hard) func theBoundsHold(_ shape: Shape) throws {
    for seed in 40..<46 as Range<UInt64> {
      let x = shape.states(seed: seed)
      let bound = try x.withView { try SinkProfile($0).bound.get() }
      let spectrum = try raw(x)
      let entropy = try #require(VonNeumannEntropy()(spectrum))
      #expect(spectrum.eigenvalues[0] >= bound.leastLargest - 1e-12)
      #expect(entropy <= bound.mostEntropy + 1e-9)
      #expect(bound.alignment >= 0 && bound.alignment <= 1 + 1e-12)
    }
  }

  /// A sink across from states that share the other directions alike meets both bounds.
  @Test(arguments: [2.0, 10, 1e4]) func theBoundsAreTight(_ length: Double) throws {
    var values = [Float](repeating: 0, count: 8 * 8)
    for row in 0..<8 { values[row * 8 + row] = row == 3 ? Float(length) : 1 }
    let x = Matrix(8, 8, values)
    let profile = x.withView { SinkProfile($0) }
    let bound = try profile.bound.get()
    let spectrum = try raw(x)
    let c = length * length / 7
    #expect(bound.token == 3 && bound.alignment == 0)
    #expect(abs(bound.concentration / c - 1) < Tolerance.closedForm)
    #expect(abs(bound.leastLargest - c / (c + 1)) < Tolerance.closedForm)
    #expect(abs(spectrum.eigenvalues[0] - bound.leastLargest) < Tolerance.closedForm)
    let entropy = try #require(VonNeumannEntropy()(spectrum))
    #expect(abs(entropy - bound.mostEntropy) < Tolerance.closedForm)
    #expect(profile.sinks == (length > 10 ? [3] : []))
  }

  @Test func whereTheBoundSaysNothing() throws {
    let alike = Matrix(2, 2, [1, 0, 0, 1])
    let bound = try alike.withView { try SinkProfile($0).bound.get() }
    #expect(abs(bound.mostEntropy - log(2)) < Tolerance.closedForm)
    let alone = try Matrix(3, 2, [0, 0, 3, 4, 0, 0]).withView { try SinkProfile($0).bound.get() }
    #expect(alone.concentration == .infinity && alone.leastLargest == 1 && alone.mostEntropy == 0)
    #expect(Matrix(0, 4, []).withView { SinkProfile($0).bound } == .failure(.noTokens))
    #expect(Matrix(1, 2, [0, 0]).withView { SinkProfile($0).bound } == .failure(.allZero))
    let nan = Matrix(3, 1, [1, .nan, 3]).withView { SinkProfile($0) }
    #expect(nan.bound == .failure(.notFinite))
    #expect(nan.median == 2 && nan.largest == 3 && nan.first == 1)
  }

  @Test func profiles() throws {
    let x = Matrix(5, 1, [50, 1, -2, 3, 24])
    let profile = x.withView { SinkProfile($0) }
    #expect(profile.first == 50 && profile.median == 3 && profile.largest == 50)
    #expect(profile.sinks == [0] && profile.threshold == 10)
    #expect(x.withView { SinkProfile($0, rule: MaskRule(sinkThreshold: 7)).sinks } == [0, 4])
    let calm = try MaskRule(sinkThreshold: 7).tokens(.withoutSinks, norms: [50, 1, 2, 3, 24])
    #expect(calm == [1, 2, 3])
  }

  @Test func massiveActivations() {
    // The median magnitude is 0.15: the two middle ones are 0.1 and 0.2.
    var values: [Float] = [0.1, -0.1, 0.05, 0.1, 0.1, 0.2, 0.2, -0.2]
    values += [-2000, 149, 150, 0.3]
    let x = Matrix(3, 4, values)
    let found = x.withView { MassiveActivation.all(in: $0) }
    #expect(found.map(\.value) == [-2000])
    #expect(found.map(\.token) == [2] && found.map(\.feature) == [0])
    let median: Float = 0.2
    #expect(
      x.withView { MassiveActivation.all(in: $0, ratio: 149 / median).map(\.value) }
        == [-2000, 150, 149])
    #expect(x.withView { MassiveActivation.all(in: $0, floor: 3000).isEmpty })
    // Of the two middle magnitudes, 0.1 and 0.3, the lower one is the median.
    let even = Matrix(1, 4, [0.1, -0.3, 301, 0])
    #expect(even.withView { MassiveActivation.all(in: $0) }.map(\.value) == [301])
    #expect(even.withView { MassiveActivation.all(in: $0, ratio: 3020).isEmpty })
    #expect(Matrix(1, 2, [.infinity, .nan]).withView { MassiveActivation.all(in: $0).isEmpty })
  }
}
