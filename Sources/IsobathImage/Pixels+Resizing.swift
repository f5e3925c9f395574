// SPDX-License-Identifier: GPL-3.0-or-later
import CImage

extension Pixels {
  /// The picture at another size: bit for bit the `Image.resize(size, filter)` of Pillow 13.
  ///
  /// Older Pillows always went across first, which rounds a few pixels otherwise.
  ///
  /// - Parameter backend: with `torchvision`, bit for bit its `resize` of uint8 with antialias; not for
  ///   `box` and `hamming`, which it does not have.
  package func resized(
    to target: ImageSize, _ filter: Resampling, _ backend: ImageBackend = .pillow
  ) -> Pixels {
    precondition(target.width > 0 && target.height > 0, "a picture of \(target) pixels")
    if target == size { return self }
    if filter == .nearest { return nearest(target, backend) }
    return goesDownFirst(to: target, backend)
      ? down(target.height, filter, backend).across(target.width, filter, backend)
      : across(target.width, filter, backend).down(target.height, filter, backend)
  }

  /// Pillow's rule for the order of its two passes, found by trying: down first when that takes away more
  /// than twice as many rows as going across takes away columns.
  private func goesDownFirst(to target: ImageSize, _ backend: ImageBackend) -> Bool {
    backend == .pillow && target.height < height
      && height - target.height > 2 * (width - target.width)
  }

  /// The picture between the two passes.
  func halfway(to target: ImageSize, _ backend: ImageBackend) -> ImageSize {
    goesDownFirst(to: target, backend)
      ? ImageSize(width: width, height: target.height)
      : ImageSize(width: target.width, height: height)
  }

  private func across(
    _ outputs: Int, _ filter: Resampling, _ backend: ImageBackend
  ) -> Pixels {
    guard outputs != width else { return self }
    let target = ImageSize(width: outputs, height: height)
    var resized = [UInt8](repeating: 0, count: 3 * target.pixels)
    Window(filter, from: width, to: outputs, backend) { window in
      isobath_resample_across(bytes, width, height, window, &resized)
    }
    return with(target, resized)
  }

  private func down(
    _ outputs: Int, _ filter: Resampling, _ backend: ImageBackend
  ) -> Pixels {
    guard outputs != height else { return self }
    let target = ImageSize(width: width, height: outputs)
    var resized = [UInt8](repeating: 0, count: 3 * target.pixels)
    Window(filter, from: height, to: outputs, backend) { window in
      isobath_resample_down(bytes, width, window, &resized)
    }
    return with(target, resized)
  }

  /// The pixel under each output's middle.
  private func nearest(_ target: ImageSize, _ backend: ImageBackend) -> Pixels {
    let chosen = backend == .pillow ? Pixels.middles : Pixels.roundedMiddles
    let (columns, rows) = (chosen(width, target.width), chosen(height, target.height))
    var resized: [UInt8] = []
    resized.reserveCapacity(3 * target.pixels)
    for row in rows {
      for column in columns {
        let at = 3 * (row * width + column)
        resized += bytes[at..<(at + 3)]
      }
    }
    return with(target, resized)
  }

  /// Steps are added up, not multiplied, so that rounding is Pillow's.
  private static func middles(_ inputs: Int, _ outputs: Int) -> [Int] {
    let step = Double(inputs) / Double(outputs)
    var at = step * 0.5
    return (0..<outputs).map { _ in
      defer { at += step }
      return min(Int(at), inputs - 1)
    }
  }

  /// In float32, as torch's nearest-exact has it.
  private static func roundedMiddles(_ inputs: Int, _ outputs: Int) -> [Int] {
    let step = Float(inputs) / Float(outputs)
    return (0..<outputs).map { min(Int((Float($0) + 0.5) * step), inputs - 1) }
  }

  /// The picture made to fit into a box, its proportions kept: bit for bit Pillow's
  /// `Image.thumbnail((width, height), reducing_gap=None)`. A picture that fits is left as it is.
  package func thumbnail(within box: ImageSize, _ filter: Resampling = .bicubic) -> Pixels {
    guard box.width < width || box.height < height else { return self }
    let aspect = Double(width) / Double(height)
    let (boxWidth, boxHeight) = (Double(box.width), Double(box.height))
    if boxWidth / boxHeight >= aspect {
      let best = Pixels.best(near: boxHeight * aspect) { abs(aspect - $0 / boxHeight) }
      return resized(to: ImageSize(width: best, height: box.height), filter)
    }
    let best = Pixels.best(near: boxWidth / aspect) { $0 == 0 ? 0 : abs(aspect - boxWidth / $0) }
    return resized(to: ImageSize(width: box.width, height: best), filter)
  }

  /// The whole number beside `length` that keeps the proportions best, at least 1.
  private static func best(near length: Double, _ error: (Double) -> Double) -> Int {
    let (below, above) = (length.rounded(.down), length.rounded(.up))
    return max(1, Int(error(above) < error(below) ? above : below))
  }
}
