// SPDX-License-Identifier: GPL-3.0-or-later
import CImage

/// Which inputs make each output along one axis, and with which weights; sums of bytes are rounded to
/// bytes after each axis.
struct Window {
  let outputs: Int
  private let taps: Int
  private let first: [Int32]
  private let count: [Int32]
  private let weights: [Int32]
  /// Bits after the weights' point.
  private let bits: Int32

  init(_ filter: Resampling, from inputs: Int, to outputs: Int, _ backend: ImageBackend) {
    self.outputs = outputs
    let scale = Double(inputs) / Double(outputs)
    // Enlarging leaves the filter as it is; shrinking stretches it.
    let stretch = max(scale, 1)
    let support = filter.support * stretch
    let taps = Int(support.rounded(.up)) * 2 + 1
    var first = [Int32](repeating: 0, count: outputs)
    var count = first
    var exact = [Double](repeating: 0, count: outputs * taps)
    for output in 0..<outputs {
      let centre = (Double(output) + 0.5) * scale
      let start = max(0, Int(centre - support + 0.5))
      let end = min(inputs, Int(centre + support + 0.5))
      let raw = (start..<end).map { filter.weight((Double($0) - centre + 0.5) / stretch) }
      first[output] = Int32(start)
      count[output] = Int32(end - start)
      for (tap, weight) in Window.normalised(raw).enumerated() {
        exact[output * taps + tap] = weight
      }
    }
    let bits = backend == .pillow ? 22 : Window.bits(exact)
    (self.taps, self.first, self.count, self.bits) = (taps, first, count, Int32(bits))
    weights = exact.map { Window.fixed($0, bits) }
  }

  private static func normalised(_ weights: [Double]) -> [Double] {
    var sum = 0.0
    for weight in weights { sum += weight }
    return sum == 0 ? weights : weights.map { $0 / sum }
  }

  /// Rounded half away from zero.
  private static func fixed(_ weight: Double, _ bits: Int) -> Int32 {
    Int32(weight * Double(1 << bits) + (weight < 0 ? -0.5 : 0.5))
  }

  /// As many as let torchvision's largest weight stay below 2¹⁵.
  private static func bits(_ weights: [Double]) -> Int {
    let largest = max(0, weights.max() ?? 0)
    return (1..<22).first { 0.5 + largest * Double(1 << ($0 + 1)) >= Double(1 << 15) } ?? 21
  }

  /// The window as C takes it.
  func callAsFunction(_ body: (isobath_window) -> Void) {
    first.withUnsafeBufferPointer { first in
      count.withUnsafeBufferPointer { count in
        weights.withUnsafeBufferPointer { weights in
          body(
            isobath_window(
              outputs: outputs, taps: taps, bits: bits, first: first.baseAddress,
              count: count.baseAddress,
              weights: weights.baseAddress))
        }
      }
    }
  }
}
