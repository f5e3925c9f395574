// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels
import IsobathLinear

/// The tensors of a checkpoint: described, checked against their files, loaded when asked for.
package struct TensorSource: Sendable {
  package let tensors: [String: TensorInfo]
  let files: [MappedFile]
  /// What the files hold beside tensors, left out: a sentence each.
  package let notes: [String]

  init(tensors: [String: TensorInfo], files: [MappedFile], notes: [String] = []) {
    self.tensors = tensors
    self.files = files
    self.notes = notes
  }

  /// The path of the file that holds a tensor.
  package func path(of tensor: TensorInfo) -> String { files[tensor.file].path }

  /// Converts some rows of a tensor to float32.
  ///
  /// - Parameters:
  ///   - tensor: one of `tensors`.
  ///   - rows: rows of the outermost dimension; a row must be a whole number of blocks.
  ///   - target: room for `rows.count` times the elements of a row.
  /// - Throws: when the type is not read, the file changed, or a value is not finite.
  package func load(
    _ tensor: TensorInfo, rows: Range<Int>, into target: UnsafeMutablePointer<Float>
  ) throws(CheckpointError) {
    let file = files[tensor.file]
    guard let convert = tensor.type.convert else {
      throw .unreadType(tensor: tensor.name, type: tensor.type.name, path: file.path)
    }
    try file.checkUnchanged()
    let rowElements = tensor.shape.dropFirst().reduce(1, *)
    precondition(rows.upperBound <= tensor.shape.first ?? 1, "rows \(rows) of \(tensor.shape)")
    let type = tensor.type
    precondition(rowElements % type.elements == 0 || rows.count == tensor.shape.first)
    let first = rows.lowerBound * rowElements / type.elements
    let blocks = rows.count * rowElements / type.elements
    guard let source = file.bytes(tensor.bytes).baseAddress, blocks > 0 else { return }
    let stored = StoredBlocks(tensor, at: source, convert, path: file.path)
    let place = Target(pointer: target)
    let chunk = max(1, (1 << 18) / type.elements)
    try Workers.run((blocks + chunk - 1) / chunk, throwing: CheckpointError.self) {
      task throws(CheckpointError) in
      let start = task * chunk
      let end = min(start + chunk, blocks)
      try stored.load((first + start)..<(first + end), into: place.pointer + start * type.elements)
    }
    // Whoever overwrote it meanwhile has mixed old numbers with new ones.
    try file.checkUnchanged()
  }

  /// The bytes of a tensor's elements as they are stored, in the order of their indices.
  package func stored(_ tensor: TensorInfo) throws(CheckpointError) -> [UInt8] {
    try files[tensor.file].checkUnchanged()
    let bytes = files[tensor.file].bytes(tensor.bytes)
    guard let strides = tensor.strides, let base = bytes.baseAddress else { return Array(bytes) }
    let size = tensor.type.bytes
    return [UInt8](unsafeUninitializedCapacity: tensor.count * size) { buffer, count in
      guard let target = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
      Strides(tensor.shape, strides, size: size).gather(0..<tensor.count, from: base, into: target)
      count = tensor.count * size
    }
  }
}

/// Where the tasks of one load write, each its own part.
private struct Target: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Float>
}

/// A tensor's blocks in its file, which the tasks of one load share.
private struct StoredBlocks: @unchecked Sendable {
  private let tensor: TensorInfo
  private let source: UnsafeRawPointer
  private let strides: Strides?
  private let converter: @Sendable (UnsafeRawPointer, Int, UnsafeMutablePointer<Float>) -> Void
  private let path: String

  init(
    _ tensor: TensorInfo, at source: UnsafeRawPointer,
    _ converter: @escaping @Sendable (UnsafeRawPointer, Int, UnsafeMutablePointer<Float>) -> Void,
    path: String
  ) {
    self.tensor = tensor
    self.source = source
    self.converter = converter
    self.path = path
    strides = tensor.strides.map { Strides(tensor.shape, $0, size: tensor.type.bytes) }
  }

  /// Converts some blocks to float32.
  func load(
    _ blocks: Range<Int>, into target: UnsafeMutablePointer<Float>
  ) throws(CheckpointError) {
    if let strides {
      strides.withGathered(blocks, from: source) { converter($0, blocks.count, target) }
    } else {
      converter(source + blocks.lowerBound * tensor.type.bytes, blocks.count, target)
    }
    var index = 0
    let elements = tensor.type.elements
    let wrong = isobath_count_not_finite(target, blocks.count * elements, &index)
    guard wrong == 0 else {
      let first = blocks.lowerBound * elements + index
      throw .notFinite(tensor: tensor.name, count: wrong, first: first, path: path)
    }
  }
}
