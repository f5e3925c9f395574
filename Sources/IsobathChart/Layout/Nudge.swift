// SPDX-License-Identifier: GPL-3.0-or-later

/// Moves labels apart along a line, as little as possible in the sum of squares: labels that meet
/// become a block around the mean of where they wanted to be.
///
/// - Parameters:
///   - wanted: the centre each label wants.
///   - heights: how much room each needs.
///   - range: where all must stay; when they cannot, the first ones begin at its lower end.
/// - Returns: the centres, in the order given.
func nudged(_ wanted: [Double], heights: [Double], within range: ClosedRange<Double>) -> [Double] {
  struct Block {
    var labels: [Int]
    var height: Double
    /// Sum of the tops that the labels would choose for the whole block.
    var topSum: Double

    var top: Double { topSum / Double(labels.count) }
  }
  func top(_ block: Block) -> Double {
    max(range.lowerBound, min(block.top, range.upperBound - block.height))
  }
  var blocks: [Block] = []
  for index in wanted.indices.sorted(by: { (wanted[$0], $0) < (wanted[$1], $1) }) {
    var block = Block(
      labels: [index], height: heights[index], topSum: wanted[index] - heights[index] / 2)
    while let above = blocks.last, top(above) + above.height > top(block) {
      blocks.removeLast()
      block = Block(
        labels: above.labels + block.labels, height: above.height + block.height,
        topSum: above.topSum + block.topSum - above.height * Double(block.labels.count))
    }
    blocks.append(block)
  }
  var centres = wanted
  for block in blocks {
    var y = top(block)
    for label in block.labels {
      centres[label] = y + heights[label] / 2
      y += heights[label]
    }
  }
  return centres
}
