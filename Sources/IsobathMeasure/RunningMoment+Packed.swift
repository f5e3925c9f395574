// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

extension RunningMoment {
  /// M's lower triangle, row by row: d(d + 1)/2 numbers, as a run stores them.
  package var packed: [Double] {
    (0..<width).flatMap { row in moment.elements[(row * width)..<(row * width + row + 1)] }
  }

  /// A moment that was stored: of rows as they are.
  ///
  /// - Precondition: `packed` has d(d + 1)/2 elements for a mean of d.
  package init(count: Int, mean: [Double], packed: [Double]) {
    let d = mean.count
    precondition(packed.count == d * (d + 1) / 2, "\(packed.count) elements for width \(d)")
    self.init(width: d)
    var place = 0
    for row in 0..<d {
      for column in 0...row {
        moment.elements[row * d + column] = packed[place]
        place += 1
      }
    }
    self.count = count
    self.mean = mean
  }
}
