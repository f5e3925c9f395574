// SPDX-License-Identifier: GPL-3.0-or-later

/// The correlation of two curves over the same ordered layers, with p-values and an interval that
/// know that neighbouring layers are not independent.
///
/// Shuffling layers one by one would destroy what makes a curve smooth, and two smooth curves
/// often correlate by chance. So one curve is moved against the other whole, or in blocks.
package struct CurveCorrelation: Sendable, Equatable {
  package let kind: CorrelationKind
  package let coefficient: Double
  package let layers: Int
  /// Layers that stay together in a block.
  package let block: Int
  /// The share of the L circular shifts of one curve, the unshifted one among them, whose
  /// |correlation| reaches the observed one: all are looked at, and it is never below 1/L, so that
  /// fewer than 20 layers cannot reach 0.05. It is exact for curves that are stationary on a circle;
  /// where the ends differ much, a shift makes a step that the curve itself has not. Harris,
  /// "Nonsense correlations in neuroscience", bioRxiv 2020.
  package let shiftP: Double
  /// (b + 1)/(m + 1) over m random orders of one curve's blocks, the circle being cut at a random
  /// place. Finer than `shiftP`, and it takes layers further apart than a block to be independent.
  package let blockP: Double
  /// Percentiles of the correlation over moving-block bootstrap resamples of both curves together
  /// (Künsch, Ann. Stat. 17, 1989); nil when a resample is constant.
  package let low: Double?
  package let high: Double?
  /// The nominal coverage of low … high.
  package let level: Double

  /// Fewer layers have no blocks to speak of.
  package static let fewestLayers = 4

  /// - Parameters:
  ///   - x: one value per layer, in the order of depth.
  ///   - y: likewise.
  ///   - kind: Pearson's or Spearman's.
  ///   - block: layers in a block; ⌈√L⌉ when nil.
  ///   - count: random orders, and bootstrap resamples.
  ///   - level: of the interval.
  ///   - stream: draws both.
  /// - Returns: nil for fewer than four layers, a constant curve, or a value that is not finite.
  package init?(
    _ x: [Double], _ y: [Double], _ kind: CorrelationKind, block: Int? = nil, count: Int = 10_000,
    level: Double = 0.95, stream: RandomStream
  ) {
    precondition(x.count == y.count, "\(x.count) layers cannot be correlated with \(y.count)")
    precondition(count > 0 && level > 0 && level < 1, "\(count) draws, level \(level)")
    guard x.count >= Self.fewestLayers, let first = kind.standardised(x),
      let second = kind.standardised(y)
    else { return nil }
    let length = block ?? Int(Double(x.count).squareRoot().rounded(.up))
    precondition((1...x.count).contains(length), "blocks of \(length) of \(x.count) layers")
    let blocks = LayerBlocks(layers: x.count, length: length)
    let bound = abs(CorrelationKind.product(first, second)) - Distribution.rounding
    self.kind = kind
    coefficient = CorrelationKind.product(first, second)
    layers = x.count
    self.block = length
    self.level = level
    let shifts = (0..<x.count).count { shift in
      let moved = (0..<x.count).map { second[($0 + shift) % x.count] }
      return abs(CorrelationKind.product(first, moved)) >= bound
    }
    shiftP = Double(shifts) / Double(x.count)
    let extreme = (0..<count).count { _ in
      let moved = blocks.permuted(stream).map { second[$0] }
      return abs(CorrelationKind.product(first, moved)) >= bound
    }
    blockP = Double(extreme + 1) / Double(count + 1)
    var values: [Double] = []
    for _ in 0..<count {
      let drawn = blocks.resampled(stream)
      if let value = kind(drawn.map { x[$0] }, drawn.map { y[$0] }) { values.append(value) }
    }
    let whole = values.count == count ? SortedValues(values) : nil
    low = whole?.quantile((1 - level) / 2)
    high = whole?.quantile(1 - (1 - level) / 2)
  }
}

/// Runs of neighbouring layers, put in another order or drawn again.
struct LayerBlocks {
  let layers: Int
  let length: Int

  /// The circle of layers cut at a random place into blocks, the last perhaps short, which follow
  /// each other at random.
  func permuted(_ stream: RandomStream) -> [Int] {
    let cut = stream.integer(below: layers)
    var starts = Array(stride(from: 0, to: layers, by: length))
    stream.shuffle(&starts)
    return starts.flatMap { start in
      (start..<min(layers, start + length)).map { ($0 + cut) % layers }
    }
  }

  /// Blocks from any place, one after another until there are L layers.
  func resampled(_ stream: RandomStream) -> [Int] {
    var drawn: [Int] = []
    while drawn.count < layers {
      let start = stream.integer(below: layers - length + 1)
      drawn.append(contentsOf: start..<start + min(length, layers - drawn.count))
    }
    return drawn
  }
}
