// SPDX-License-Identifier: GPL-3.0-or-later
import CZlib

/// The text in a gzip file of one or several members (RFC 1952), their checksums verified.
final class GzipBytes: ByteSource {
  private enum State {
    case start
    case inside
    /// A member has ended: the file may, or another member may follow.
    case between
  }

  private let source: any ByteSource
  private let path: String
  private let stream: UnsafeMutablePointer<z_stream>
  private var meter: UnpackingMeter
  private var state = State.start
  private var members = 0
  private var input: [UInt8] = []
  private var at = 0
  /// Whether more may come without more input.
  private var isFull = false
  private static let piece = 1 << 18

  init(
    _ source: any ByteSource, path: String, limits: UnpackingLimits = .standard
  ) throws(TextError) {
    self.source = source
    self.path = path
    meter = UnpackingMeter(limits)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = isobath_gzip_begin(stream)
    guard status == Z_OK else {
      throw .packed(path: path, packing: .gzip, .damaged("zlib says \(status)"))
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func next() throws(TextError) -> [UInt8] {
    while true {
      if at == input.count, !isFull {
        input = try source.next()
        at = 0
        meter.take(input.count)
        if input.isEmpty {
          guard state == .between else { throw wrong(.truncated) }
          return []
        }
      }
      if state == .between { inflateReset(stream) }
      let piece = try inflatePiece()
      if let problem = meter.give(piece.count) { throw wrong(problem) }
      if !piece.isEmpty { return piece }
    }
  }

  private func inflatePiece() throws(TextError) -> [UInt8] {
    var status = Z_OK
    let before = at
    let piece = [UInt8](unsafeUninitializedCapacity: GzipBytes.piece) { room, count in
      input.withUnsafeMutableBufferPointer { bytes in
        stream.pointee.next_in = bytes.baseAddress.map { $0 + at }
        stream.pointee.avail_in = UInt32(bytes.count - at)
        stream.pointee.next_out = room.baseAddress
        stream.pointee.avail_out = UInt32(room.count)
        status = inflate(stream, Z_NO_FLUSH)
        at = bytes.count - Int(stream.pointee.avail_in)
      }
      count = room.count - Int(stream.pointee.avail_out)
    }
    isFull = status == Z_OK && piece.count == GzipBytes.piece
    switch status {
    case Z_STREAM_END:
      state = .between
      members += 1
    case Z_OK: state = .inside
    case Z_BUF_ERROR where at == input.count: state = .inside
    default: throw wrong(problem(status, madeProgress: at > before))
    }
    return piece
  }

  private func problem(_ status: Int32, madeProgress: Bool) -> PackingProblem {
    let words = stream.pointee.msg.map { String(cString: $0) } ?? "zlib says \(status)"
    guard words == "incorrect header check" else { return .damaged(words) }
    return members > 0 ? .trailing : .notPacked
  }

  private func wrong(_ problem: PackingProblem) -> TextError {
    .packed(path: path, packing: .gzip, problem)
  }
}
