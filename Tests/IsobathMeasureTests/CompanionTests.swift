// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathLinear
import IsobathMeasure
import IsobathTestSupport
import Testing

/// Companion measures where their value is known, and what they refuse.
@Suite struct CompanionTests {
  private func trajectory(_ x: Matrix) throws -> Trajectory {
    try x.withView { try Trajectory($0) }
  }

  private func random(_ rows: Int, _ columns: Int, _ seed: UInt64) throws -> Trajectory {
    try trajectory(
      Shape(description: "", rows: rows, columns: columns, decay: 0).states(seed: seed))
  }

  private func check(
    _ found: Double, _ known: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(abs(found - known) < Tolerance.closedForm, sourceLocation: sourceLocation)
  }

  @Test func curvature() throws {
    let line = try trajectory(Matrix(4, 2, [0, 0, 1, 2, 2, 4, 3, 6]))
    check(try Curvature()(line), 0)
    let corners = try trajectory(Matrix(4, 2, [0, 0, 1, 0, 1, 1, 0, 1]))
    check(try Curvature()(corners), Double.pi / 2)
    // Back and forth is π, not folded to 0; the step that stands still is left out.
    let back = try trajectory(Matrix(4, 1, [0, 1, 0, 1]))
    check(try Curvature()(back), Double.pi)
    let rest = try trajectory(Matrix(5, 1, [0, 1, 1, 0, 1]))
    check(try Curvature()(rest), Double.pi)
    #expect(throws: MissingReason.tooFew) { try Curvature()(trajectory(Matrix(2, 1, [0, 1]))) }
    #expect(throws: MissingReason.tooFew) { try Curvature()(trajectory(Matrix(3, 1, [1, 1, 1]))) }
  }

  /// Steps of independent states have the cosine −½.
  @Test func curvatureOfChance() throws {
    let found = try Curvature()(random(400, 500, 1))
    #expect(abs(found - 2 * Double.pi / 3) < 0.01)
  }

  @Test func meanCosine() throws {
    let x = try trajectory(Matrix(4, 2, [2, 0, 0, 3, -5, 0, 0, 0]))
    // Pairs of (1,0), (0,1), (−1,0): 0, −1, 0; the zero row is left out.
    check(try MeanCosine()(x), -1.0 / 3)
    check(try MeanCosine()(trajectory(Matrix(3, 2, [1, 1, 2, 2, 3, 3]))), 1)
    #expect(throws: MissingReason.tooFew) { try MeanCosine()(trajectory(Matrix(1, 1, [1]))) }
    #expect(throws: MissingReason.allZero) { try MeanCosine()(trajectory(Matrix(2, 1, [0, 0]))) }
  }

  /// A plane in forty dimensions is two-dimensional, whatever repeats.
  @Test func intrinsicDimension() throws {
    var noise = Noise(77)
    var values: [Float] = []
    for _ in 0..<900 {
      let (a, b) = (Float.random(in: 0...1, using: &noise), Float.random(in: 0...1, using: &noise))
      values += (0..<40).map { a * sin(Float($0)) + b * cos(Float($0)) }
    }
    let plain = try trajectory(Matrix(900, 40, values))
    let repeated = try trajectory(Matrix(903, 40, values + values.prefix(3 * 40)))
    let ids = trajectoryMeasures.filter { $0.id.hasPrefix("intrinsic") }
    #expect(ids.count == 4)
    for measure in ids {
      let found = try measure(plain)
      #expect(abs(found - 2) < 0.25, "\(measure.id): \(found)")
      // Equal states count once: what is repeated changes nothing but the shift of the products.
      #expect(abs(try measure(repeated) - found) < 1e-6)
    }
    let pair = try trajectory(Matrix(3, 1, [1, 2, 2]))
    for measure in ids { #expect(throws: MissingReason.tooFew) { try measure(pair) } }
  }

  /// GRIDE with the first two neighbours is the closed form (n − 1)/Σ ln μ.
  @Test func grideOfTheFirstTwo() throws {
    let x = try trajectory(Matrix(4, 1, [0, 1, 3, 7]))
    // μ: 3/1, 2/1, 3/2, 6/4.
    let known = 3 / (log(3.0) + log(2) + 2 * log(1.5))
    check(try Gride(nearer: 1)(x), known)
  }

  @Test func ranksAndNorms() throws {
    let cross = try trajectory(Matrix(4, 2, [1, 0, -1, 0, 0, 1, 0, -1]))
    #expect(abs(try RankMe()(cross) - 2) < 1e-5)
    // Centred already: two columns of squared norm 2 over four tokens.
    check(try MatrixNuclearNorm()(cross), 2 * 2.0.squareRoot() / 4)
    #expect(throws: MissingReason.oneToken) {
      try MatrixNuclearNorm()(trajectory(Matrix(1, 2, [1, 2])))
    }
  }

  @Test func aSiteWithItself() throws {
    let x = try random(30, 50, 2)
    let same = SitePair(x, x)
    check(try LinearCKA()(same), 1)
    check(try DebiasedCKA()(same), 1)
    check(try MutualNeighbours()(same), 1)
    check(try InformationImbalance.forward(same), 2.0 / 30)
    let joint = try JointEntropy()(same)
    let conditional = try ConditionalEntropy()(same)
    let mutual = try MutualInformation()(same)
    check(mutual + conditional, joint - conditional)
    #expect(joint <= log(30) + 1e-12 && conditional >= 0 && mutual > 0)
  }

  /// Scaling, shifting and turning the axes leave what is said to be left.
  @Test func invariances() throws {
    let x = Shape(description: "", rows: 20, columns: 8, decay: 0).states(seed: 3)
    let moved = Matrix(
      20, 8, (0..<160).map { 4 * x[$0 / 8, 7 - $0 % 8] + Float($0 % 8) })
    let (a, b, c) = (try trajectory(x), try trajectory(moved), try random(20, 30, 4))
    let worst = WorstError("invariances of pairs", tolerance: Tolerance.invariance)
    for measure in pairMeasures where measure.id != "mutual-knn" {
      let error = try measure(SitePair(a, c)) - measure(SitePair(b, c))
      worst.record(error, at: measure.id)
    }
    worst.check()
  }

  @Test func unrelatedSites() throws {
    let (a, b) = (try random(60, 400, 5), try random(60, 400, 6))
    let pair = SitePair(a, b)
    #expect(try LinearCKA()(pair) > 0.8)
    #expect(abs(try DebiasedCKA()(pair)) < 0.1)
    #expect(abs(try MutualNeighbours()(pair) - 10.0 / 59) < 0.08)
    #expect(abs(try InformationImbalance.back(pair) - 1) < 0.25)
    #expect(try JointEntropy()(pair) >= ConditionalEntropy()(pair))
  }

  @Test func pairsThatAreTooShort() throws {
    let two = try random(2, 4, 7)
    let needs: [any PairMeasure] = [
      DebiasedCKA(), MutualNeighbours(), InformationImbalance.forward,
    ]
    for measure in needs {
      #expect(throws: MissingReason.tooFew) { try measure(SitePair(two, two)) }
    }
    let equal = try trajectory(Matrix(5, 1, [1, 1, 1, 1, 1]))
    #expect(throws: MissingReason.tooFew) { try LinearCKA()(SitePair(equal, equal)) }
    #expect(throws: MissingReason.tooFew) { try DebiasedCKA()(SitePair(equal, equal)) }
    #expect(throws: MissingReason.allEqual) { try JointEntropy()(SitePair(equal, equal)) }
  }

  /// A token at the mean of one site is left out of both.
  @Test func rowsWithoutDirectionLeaveBothSites() throws {
    let a = try trajectory(Matrix(4, 2, [1, 0, -1, 0, 0, 0, 0, 0]))
    let b = try trajectory(Matrix(4, 2, [1, 0, 0, 1, -1, 0, 0, -1]))
    // Rows 0 and 1 stay: opposite in a, across in b; the product is across too.
    check(try JointEntropy()(SitePair(a, b)), log(2))
    check(try ConditionalEntropy()(SitePair(a, b)), log(2))
    check(try MutualInformation()(SitePair(a, b)), 0)
  }

  @Test func viewsThatAgreeAndViewsThatDoNot() throws {
    let x = try random(24, 60, 8)
    let (same, other) = (Views(x, x), Views(x, try random(24, 60, 9)))
    #expect(try InfoNCE()(same) > log(24) - 0.01 && InfoNCE()(same) <= log(24))
    #expect(try InfoNCE()(other) < 1)
    #expect(abs(try Dime()(other)) < 0.05)
    let steep = try trajectory(
      Shape(description: "", rows: 24, columns: 60, decay: 0.3).states(seed: 15))
    #expect(try Dime()(Views(steep, steep)) > 0.1)
    // Views that do not differ: the rank of the documents' own covariance.
    let rank = try Lidar()(same)
    #expect(rank > 15 && rank < 24)
    #expect(try Lidar()(other) > 1)
    let one = try random(1, 60, 10)
    #expect(throws: MissingReason.tooFew) { try InfoNCE()(Views(one, one)) }
    #expect(throws: MissingReason.tooFew) { try Lidar()(Views(one, one)) }
    #expect(throws: MissingReason.oneToken) { try Dime()(Views(one, one)) }
  }

  /// More documents than dimensions: the other side of LiDAR's decomposition.
  @Test func lidarOnBothSides() throws {
    let wide = Views(try random(9, 20, 11), try random(9, 20, 12))
    let narrow = Views(try random(60, 5, 13), try random(60, 5, 14))
    #expect(try Lidar()(wide) <= 9 && Lidar()(narrow) <= 5.001)
    #expect(try Lidar()(narrow) > 4)
  }

  @Test func statesThatAreNotStates() {
    #expect(throws: MissingReason.noTokens) { try trajectory(Matrix(0, 3, [])) }
    #expect(throws: MissingReason.notFinite) { try trajectory(Matrix(1, 2, [1, .nan])) }
  }
}
