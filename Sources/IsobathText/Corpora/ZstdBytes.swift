// SPDX-License-Identifier: GPL-3.0-or-later
import CZstd

/// The text in a zstd file of one or several frames (RFC 8878), their checksums verified.
final class ZstdBytes: ByteSource {
  private let source: any ByteSource
  private let path: String
  private let context: OpaquePointer
  private var meter: UnpackingMeter
  private var frames = 0
  private var isBetween = false
  private var input: [UInt8] = []
  private var at = 0
  /// Whether more may come without more input.
  private var isFull = false
  private static let piece = 1 << 18
  /// A frame may ask for a window of 2²⁷ bytes, 128 MiB, and no more.
  private static let longestWindow: Int32 = 27

  init(
    _ source: any ByteSource, path: String, limits: UnpackingLimits = .standard
  ) throws(TextError) {
    guard let context = ZSTD_createDCtx() else {
      throw .packed(path: path, packing: .zstd, .damaged("there is no memory to read it"))
    }
    self.source = source
    self.path = path
    self.context = context
    meter = UnpackingMeter(limits)
    let status = ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ZstdBytes.longestWindow)
    guard ZSTD_isError(status) == 0 else { throw wrong(problem(status)) }
  }

  deinit { ZSTD_freeDCtx(context) }

  func next() throws(TextError) -> [UInt8] {
    while true {
      if at == input.count, !isFull {
        input = try source.next()
        at = 0
        meter.take(input.count)
        if input.isEmpty {
          guard isBetween else { throw wrong(.truncated) }
          return []
        }
      }
      let piece = try decompressPiece()
      if let problem = meter.give(piece.count) { throw wrong(problem) }
      if !piece.isEmpty { return piece }
    }
  }

  private func decompressPiece() throws(TextError) -> [UInt8] {
    var status = 0
    let piece = [UInt8](unsafeUninitializedCapacity: ZstdBytes.piece) { room, count in
      input.withUnsafeBytes { bytes in
        var from = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: at)
        var to = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
        status = ZSTD_decompressStream(context, &to, &from)
        at = from.pos
        count = to.pos
      }
    }
    guard ZSTD_isError(status) == 0 else { throw wrong(problem(status)) }
    isBetween = status == 0
    if isBetween { frames += 1 }
    isFull = !isBetween && piece.count == ZstdBytes.piece
    return piece
  }

  private func problem(_ status: Int) -> PackingProblem {
    switch ZSTD_getErrorCode(status) {
    case ZSTD_error_prefix_unknown: frames > 0 ? .trailing : .notPacked
    case ZSTD_error_frameParameter_windowTooLarge: .window
    default: .damaged(String(cString: ZSTD_getErrorName(status)))
    }
  }

  private func wrong(_ problem: PackingProblem) -> TextError {
    .packed(path: path, packing: .zstd, problem)
  }
}
