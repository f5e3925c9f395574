// SPDX-License-Identifier: GPL-3.0-or-later

/// Compares tensors with the file's storages and finds their bytes in the file.
struct TorchPlacement {
  private let places: [String: Range<Int>]
  private let file: MappedFile
  private let index: Int
  private var storages: [String: TorchStorage] = [:]

  /// - Parameters:
  ///   - places: where each storage's bytes are, by its key.
  ///   - index: which of the checkpoint's files it is.
  init(_ places: [String: Range<Int>], _ file: MappedFile, _ index: Int) {
    self.places = places
    self.file = file
    self.index = index
  }

  mutating func place(
    _ tensors: [(name: String, tensor: TorchTensor)]
  ) throws(TorchProblem) -> [TensorInfo] {
    var placed: [TensorInfo] = []
    placed.reserveCapacity(tensors.count)
    for (name, tensor) in tensors { placed.append(try place(name, tensor)) }
    return placed
  }

  private mutating func place(
    _ name: String, _ tensor: TorchTensor
  ) throws(TorchProblem) -> TensorInfo {
    let (storage, size) = (tensor.storage, tensor.type.bytes)
    // torch reads a storage as the first tensor on it says; so nobody may say otherwise.
    guard storages.updateValue(storage, forKey: storage.key) ?? storage == storage else {
      throw .storageTypes(storage.key, tensor: name)
    }
    guard let entry = places[storage.key] else {
      throw .missingStorage(String(storage.key.prefix(80)), tensor: name)
    }
    let unit = storage.type?.bytes ?? 1
    guard let bytes = Checked.product([storage.count, unit]), bytes == entry.count else {
      throw .storageSize(
        storage.key, tensor: name, claimed: Checked.product([storage.count, unit]) ?? .max,
        found: entry.count)
    }
    guard let count = Checked.product(tensor.shape), Checked.product(tensor.shape + [8]) != nil
    else { throw .tensor(name, what: "shape \(tensor.shape) overflows") }
    guard count > 0 else {
      let start = entry.lowerBound
      return info(name, tensor, start..<start, strides: nil)
    }
    guard let last = TorchPlacement.last(tensor), last < bytes / size else {
      throw .pastStorage(
        tensor: name, shape: tensor.shape, strides: tensor.strides, offset: tensor.offset,
        storage: bytes / size)
    }
    guard count <= bytes / size || count <= file.count else {
      throw .expanded(tensor: name, shape: tensor.shape, file: file.count)
    }
    // Inside the entry: no overflow.
    let start = entry.lowerBound + tensor.offset * size
    let end = entry.lowerBound + (last + 1) * size
    return info(name, tensor, start..<end, strides: TorchPlacement.strides(tensor))
  }

  private func info(
    _ name: String, _ tensor: TorchTensor, _ bytes: Range<Int>, strides: [Int]?
  ) -> TensorInfo {
    TensorInfo(
      name: name, shape: tensor.shape, type: tensor.type, file: index, bytes: bytes,
      strides: strides)
  }

  /// The storage's element that holds the tensor's last one; nil on overflow.
  private static func last(_ tensor: TorchTensor) -> Int? {
    var last: Int? = tensor.offset
    for (extent, stride) in zip(tensor.shape, tensor.strides) {
      last = last.flatMap { sum in
        Checked.product([extent - 1, stride]).flatMap { Checked.sum(sum, $0) }
      }
    }
    return last
  }

  /// The strides, 0 where nothing is beside; nil when the elements lie in the order of their indices.
  private static func strides(_ tensor: TorchTensor) -> [Int]? {
    var (expected, isPlain) = (1, true)
    for (extent, stride) in zip(tensor.shape, tensor.strides).reversed() where extent != 1 {
      isPlain = isPlain && stride == expected
      // No larger than the number of elements, which does not overflow.
      expected *= extent
    }
    return isPlain ? nil : zip(tensor.shape, tensor.strides).map { $0 == 1 ? 0 : $1 }
  }
}
