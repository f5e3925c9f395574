// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser

/// A size in bytes as people write it: `8GiB`, `512MiB`, `2G`, `1500000000`.
struct ByteCount: ExpressibleByArgument, CustomStringConvertible {
  let bytes: Int

  init(_ bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    let digits = argument.prefix { $0.isNumber || $0 == "." }
    let scales: [String: Double] = [
      "": 1, "b": 1, "k": 0x1p10, "kib": 0x1p10, "m": 0x1p20, "mib": 0x1p20, "g": 0x1p30,
      "gib": 0x1p30, "t": 0x1p40, "tib": 0x1p40, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12,
    ]
    let unit = argument.dropFirst(digits.count).filter { $0 != " " }.lowercased()
    guard let number = Double(digits), let scale = scales[unit], number > 0,
      number * scale < 0x1p60
    else { return nil }
    bytes = Int(number * scale)
  }

  /// In the largest unit that leaves a number of at least one.
  var description: String {
    let units = [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    for (name, size) in units where bytes >= size {
      let tenths = (bytes * 10 + size / 2) / size
      return tenths >= 1000 || tenths % 10 == 0
        ? "\(tenths / 10) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)"
    }
    return "\(bytes) B"
  }
}
