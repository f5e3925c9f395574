// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// Whether there are enough documents: how a statistic changes with their number, and how much it
/// varies at each.
///
/// Subsamples without replacement of several sizes m give means that follow H(m) = H∞ + b/m, and
/// spreads that follow σ²/m · (1 − m/N), the last factor because they share documents. The line
/// through the means is a weighted least-squares fit against 1/m, where R subsamples of m weigh as
/// much as min(R·m, N) documents.
package struct SampleAdequacy: Sendable, Equatable {
  /// What the subsamples of one size say.
  package struct Point: Sendable, Equatable {
    package let size: Int
    package let subsamples: Int
    package let mean: Double
    /// Standard deviation over subsamples; nil for all documents, of which there is one sample.
    package let spread: Double?
  }

  /// N.
  package let documents: Int
  /// By size; the last is all documents.
  package let points: [Point]
  /// H∞, for endless documents.
  package let limit: Double
  /// b: H(n) is off by b/n.
  package let slope: Double
  /// σ: H(n) varies by σ/√n from one set of n documents to another.
  package let scale: Double
  /// The root mean square of the points' distances from the line: large where 1/m is not the law.
  package let misfit: Double
  package let level: Double
  /// Degrees of freedom of σ.
  let degrees: Int

  /// Fewer documents have no subsamples to speak of.
  package static let fewestDocuments = 16

  /// How far H(n) is off for want of documents: b/n.
  package func bias(documents n: Int) -> Double { slope / Double(n) }

  /// x in "n documents give ± x": t σ/√n at `level`.
  package func halfWidth(documents n: Int) -> Double { reach / Double(n).squareRoot() }

  /// How many documents give ± x, from today's σ; nil when there is no such number.
  package func documents(forHalfWidth x: Double) -> Int? {
    let needed = reach / x * (reach / x)
    return x > 0 && needed < 1e15 ? Int(needed.rounded(.up)) : nil
  }

  private var reach: Double {
    scale * GSL.studentQuantile(1 - (1 - level) / 2, degrees: Double(degrees))
  }
}

extension SampleAdequacy {
  /// Fits the two laws.
  ///
  /// - Parameters:
  ///   - documents: N.
  ///   - subsamples: R, of each size below N; the sizes are N/8, N/4 and N/2.
  ///   - level: of the ± x.
  ///   - stream: draws the subsamples.
  ///   - statistic: of some documents, given by their ascending indices.
  /// - Returns: nil for fewer than 16 documents or when a value is not finite.
  package static func fit<Failure: Error>(
    documents: Int, subsamples: Int = 20, level: Double = 0.95, stream: RandomStream,
    _ statistic: (_ documents: [Int]) throws(Failure) -> Double
  ) throws(Failure) -> SampleAdequacy? {
    precondition(subsamples > 1, "a spread needs at least two subsamples, not \(subsamples)")
    precondition(level > 0 && level < 1, "a level lies between 0 and 1, not at \(level)")
    guard documents >= fewestDocuments else { return nil }
    var order = Array(0..<documents)
    var points: [Point] = []
    for size in [documents / 8, documents / 4, documents / 2] {
      var values: [Double] = []
      for _ in 0..<subsamples {
        stream.shuffle(&order)
        values.append(try statistic(order[..<size].sorted()))
      }
      points.append(Point(size: size, values))
    }
    points.append(Point(size: documents, [try statistic(Array(0..<documents))]))
    guard points.allSatisfy({ $0.mean.isFinite && $0.spread?.isFinite ?? true }) else {
      return nil
    }
    return SampleAdequacy(points, documents: documents, level: level)
  }

  private init(_ points: [Point], documents: Int, level: Double) {
    let estimates = points.compactMap { $0.scale(of: documents) }
    let variance = estimates.reduce(0, +) / Double(estimates.count)
    let weights = points.map { Double(min($0.subsamples * $0.size, documents)) }
    let x = points.map { 1 / Double($0.size) }
    let y = points.map(\.mean)
    var (intercept, slope, squares) = (0.0, 0.0, 0.0)
    var (c00, c01, c11) = (0.0, 0.0, 0.0)
    _ = GSL.ready
    _ = gsl_fit_wlinear(
      x, 1, weights, 1, y, 1, x.count, &intercept, &slope, &c00, &c01, &c11, &squares)
    self.documents = documents
    self.points = points
    self.level = level
    limit = intercept
    self.slope = slope
    scale = variance.squareRoot()
    misfit = (squares / weights.reduce(0, +)).squareRoot()
    degrees = min(points.reduce(0) { $0 + $1.subsamples - 1 }, documents - 1)
  }
}

extension SampleAdequacy.Point {
  fileprivate init(size: Int, _ values: [Double]) {
    self.size = size
    subsamples = values.count
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    spread = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
  }

  /// σ² as this size tells it: spread² · m/(1 − m/N).
  fileprivate func scale(of documents: Int) -> Double? {
    guard let spread else { return nil }
    return spread * spread * Double(size) / (1 - Double(size) / Double(documents))
  }
}

extension SampleAdequacy: CustomStringConvertible {
  /// The sentence, such as "120 documents give 3.9120 ± 0.0410 nats (95 %), −0.0120 of it for want
  /// of documents; ± 0.0205 takes 480".
  package var description: String {
    let (x, off) = (halfWidth(documents: documents), bias(documents: documents))
    let last = points.last?.mean ?? limit
    let percent = (100 * level).formatted(digits: 0)
    var text = "\(documents) documents give \(last.formatted(digits: 4)) ± "
    text += "\(x.formatted(digits: 4)) nats (\(percent) %), "
    text += "\(off.formatted(digits: 4)) of it for want of documents"
    if let more = self.documents(forHalfWidth: x / 2) {
      text += "; ± \((x / 2).formatted(digits: 4)) takes \(more)"
    }
    return text
  }
}
