// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Owns the elements of a matrix, 64-byte aligned, and gives them back to the pool when freed.
final class MatrixStorage: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Float>
  private let bytes: Int

  init(count: Int) {
    bytes = BufferPool.roundedSize(count * MemoryLayout<Float>.stride)
    pointer = BufferPool.take(bytes).assumingMemoryBound(to: Float.self)
  }

  deinit { BufferPool.give(UnsafeMutableRawPointer(pointer), bytes) }
}

/// Keeps freed matrix buffers by size, so that a loop over equal shapes touches no new pages.
package enum BufferPool {
  private struct Buffers: @unchecked Sendable {
    var free: [Int: [UnsafeMutableRawPointer]] = [:]
    var kept = 0
  }
  private static let buffers = Mutex(Buffers())
  private static let alignment = 64

  /// Bytes held for reuse by no matrix at this moment.
  package static var keptBytes: Int { buffers.withLock { $0.kept } }

  /// Gives every kept buffer back to the system: between models, or when a plan asks for room.
  package static func drain() {
    let all = buffers.withLock { pool in
      defer { pool = Buffers() }
      return pool
    }
    for pointer in all.free.values.joined() { pointer.deallocate() }
  }

  /// The size that is allocated: an eighth of a power of two at most above what is asked, so that
  /// batches of nearly equal lengths share buffers.
  static func roundedSize(_ bytes: Int) -> Int {
    guard bytes > 1024 else { return max(alignment, (bytes + 63) & ~63) }
    let step = 1 << (Int.bitWidth - 1 - (bytes - 1).leadingZeroBitCount - 3)
    return (bytes + step - 1) / step * step
  }

  static func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    let kept = buffers.withLock { pool -> UnsafeMutableRawPointer? in
      guard let pointer = pool.free[bytes]?.popLast() else { return nil }
      pool.kept -= bytes
      return pointer
    }
    return kept ?? .allocate(byteCount: bytes, alignment: alignment)
  }

  static func give(_ pointer: UnsafeMutableRawPointer, _ bytes: Int) {
    buffers.withLock { pool in
      pool.free[bytes, default: []].append(pointer)
      pool.kept += bytes
    }
  }
}
