// SPDX-License-Identifier: GPL-3.0-or-later

/// A picture's extents in pixels.
package struct ImageSize: Sendable, Equatable {
  package var width: Int
  package var height: Int

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// Width times height, `Int.max` when Int does not hold it.
  package var pixels: Int {
    let (product, overflow) = width.multipliedReportingOverflow(by: height)
    return overflow ? .max : product
  }

  /// The same picture turned by a quarter.
  var turned: ImageSize { ImageSize(width: height, height: width) }
}

extension ImageSize: CustomStringConvertible {
  package var description: String { "\(width) × \(height)" }
}
