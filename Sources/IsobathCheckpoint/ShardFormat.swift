// SPDX-License-Identifier: GPL-3.0-or-later

/// How the files that an index lists store their tensors.
enum ShardFormat {
  case safetensors
  case torch

  /// The tensors of a file, as the `index`th of a checkpoint, and what it holds beside them.
  func read(
    _ file: MappedFile, _ index: Int
  ) throws(CheckpointError) -> (tensors: [TensorInfo], notes: [String]) {
    switch self {
    case .safetensors: return (try SafetensorsFile.tensors(file, index: index), [])
    case .torch:
      let found = try TorchFile(file, index: index)
      return (found.tensors, found.notes)
    }
  }

  /// Compares what an index says that all tensors take with what they take.
  ///
  /// Beside pickles it was counted in several ways: tensors that share a storage once or each, and a
  /// truth value as a bit or as a byte. Any of these is right.
  func check(
    total claimed: Double, _ tensors: [String: TensorInfo], _ path: String
  ) throws(CheckpointError) {
    let most = tensors.values.reduce(0) { $0 + $1.count / $1.type.elements * $1.type.bytes }
    var least = Double(most)
    if case .torch = self {
      let distinct = Dictionary(tensors.values.map { (Place($0), $0) }) { first, _ in first }
      least = distinct.values.reduce(0) {
        $0 + Double($1.count * $1.type.bytes) / ($1.type.name == "BOOL" ? 8 : 1)
      }
    }
    guard (least.rounded(.down)...max(least, Double(most))).contains(claimed) else {
      throw .shards(.totalSize(claimed: claimed, found: most), path: path)
    }
  }

  /// Where a tensor begins.
  private struct Place: Hashable {
    let file: Int
    let start: Int

    init(_ tensor: TensorInfo) { (file, start) = (tensor.file, tensor.bytes.lowerBound) }
  }
}
