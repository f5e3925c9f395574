// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels
import IsobathLinear

/// The tensors of a checkpoint: described, checked against their files, loaded when asked for.
package struct TensorSource: Sendable {
  package let tensors: [String: TensorInfo]
  let files: [MappedFile]

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
    let source = file.bytes(tensor.bytes).baseAddress.map { $0 + first * type.bytes }
    guard let source, blocks > 0 else { return }
    let place = Loading(source: source, target: target)
    let chunk = max(1, (1 << 18) / type.elements)
    try Workers.run((blocks + chunk - 1) / chunk, throwing: CheckpointError.self) {
      task throws(CheckpointError) in
      let start = task * chunk
      let count = min(chunk, blocks - start)
      let part = place.target + start * type.elements
      convert(place.source + start * type.bytes, count, part)
      var index = 0
      let wrong = isobath_count_not_finite(part, count * type.elements, &index)
      guard wrong == 0 else {
        let element = (first + start) * type.elements + index
        throw .notFinite(tensor: tensor.name, count: wrong, first: element, path: file.path)
      }
    }
  }
}

/// Pointers that the tasks of one load share, each writing its own part.
private struct Loading: @unchecked Sendable {
  let source: UnsafeRawPointer
  let target: UnsafeMutablePointer<Float>
}
