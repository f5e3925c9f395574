// SPDX-License-Identifier: GPL-3.0-or-later

/// What a file's text is packed in.
package enum Packing: String, Sendable, Equatable {
  case gzip
  case zstd

  /// Of the file's name.
  var ending: String {
    switch self {
    case .gzip: ".gz"
    case .zstd: ".zst"
    }
  }
}

/// How much may come out of a packed file.
struct UnpackingLimits: Sendable {
  /// Bytes of text.
  var bytes: Int
  /// Bytes of text for each packed byte, above `free` bytes.
  var ratio: Int
  /// So much text is never called a bomb.
  var free: Int

  /// 256 GiB, and 250 bytes for one: text packs into a third to a twentieth, the same byte for
  /// ever into a thousandth (gzip) or less (zstd).
  static let standard = UnpackingLimits(bytes: 256 << 30, ratio: 250, free: 4 << 20)
}

/// What is wrong with a packed file.
package enum PackingProblem: Equatable, Sendable {
  /// The data end before their end.
  case truncated
  /// The name says that the file is packed, and it is not.
  case notPacked
  /// The file is packed, and the name does not say so.
  case unnamed
  /// Something else follows the packed data.
  case trailing
  /// As the library says it.
  case damaged(String)
  /// A zstd window above 2²⁷ bytes.
  case window
  case tooLarge(limit: Int)
  case bomb(ratio: Int)
}

/// Counts what goes into an unpacker and what comes out of it.
struct UnpackingMeter {
  let limits: UnpackingLimits
  private(set) var taken = 0
  private(set) var given = 0

  init(_ limits: UnpackingLimits) { self.limits = limits }

  mutating func take(_ bytes: Int) { taken += bytes }

  /// - Returns: what is wrong with so much text.
  mutating func give(_ bytes: Int) -> PackingProblem? {
    given += bytes
    if given > limits.bytes { return .tooLarge(limit: limits.bytes) }
    guard given > limits.free, given / max(1, taken) >= limits.ratio else { return nil }
    return .bomb(ratio: limits.ratio)
  }
}
