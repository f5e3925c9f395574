// SPDX-License-Identifier: GPL-3.0-or-later

/// The form that torch wrote until 2020: five pickles (a magic number, a version, the machine, the
/// tensors, the storages' keys), then each storage's length and numbers.
struct LegacyTorch {
  /// The first two pickles.
  private static let start: [UInt8] = [
    0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E, 0x80, 2,
    0x4D,
    0xE9, 3, 0x2E,
  ]
  private static let magic = 15

  private let file: MappedFile
  private var at = LegacyTorch.start.count

  static func isLegacy(_ file: MappedFile) -> Bool {
    file.count >= magic && file.bytes(0..<magic).elementsEqual(start.prefix(magic))
  }

  init(_ file: MappedFile) throws(TorchProblem) {
    self.file = file
    guard file.count >= at, file.bytes(0..<at).elementsEqual(LegacyTorch.start) else {
      throw .legacy(what: "not its version 1001")
    }
  }

  /// Reads the file from front to back, once.
  mutating func contents() throws(TorchProblem) -> TorchFile.Contents {
    try checkMachine()
    var (root, heap) = try pickle()
    let state = try StateDict(root, heap)
    var storages: [String: TorchStorage] = [:]
    for storage in heap.storages { storages[storage.key] = storage }
    (root, heap) = try pickle()
    guard case .list(let place) = root else {
      throw .legacy(what: "its storages' keys are \(root.kind), not a list")
    }
    var places: [String: Range<Int>] = [:]
    for key in heap.lists[place] {
      guard let key = key.text, let storage = storages[key] else {
        throw .legacy(what: "it has a storage that no tensor uses")
      }
      let range = try self.storage(storage)
      guard places.updateValue(range, forKey: key) == nil else {
        throw .legacy(what: "a storage stands twice")
      }
    }
    guard at == file.count else {
      throw .legacy(what: "\(file.count - at) bytes at its end belong to no storage")
    }
    return TorchFile.Contents(state: state, storages: places)
  }

  /// The machine that wrote the file must have had the bytes in this one's order.
  private mutating func checkMachine() throws(TorchProblem) {
    let (root, heap) = try pickle()
    let isLittle = root.dict.flatMap { place in
      heap.dicts[place].first { $0.key == .text("little_endian") }?.value
    }
    guard isLittle == .bool(true) else { throw .byteOrder("big") }
  }

  private mutating func pickle() throws(TorchProblem) -> (PickleValue, PickleHeap) {
    let end = min(file.count, at + TorchFile.longestPickle)
    var machine = PickleMachine(file.bytes(at..<end))
    let root: PickleValue
    do throws(PickleProblem) { root = try machine.run(isLast: false) } catch {
      throw .pickle(error)
    }
    at += machine.length
    return (root, machine.heap)
  }

  /// Steps over a storage's length and numbers, and says where those are.
  private mutating func storage(_ storage: TorchStorage) throws(TorchProblem) -> Range<Int> {
    guard file.count - at >= 8, let size = storage.type?.bytes,
      Int(truncatingIfNeeded: file.number(at, Int64.self)) == storage.count
    else { throw .legacy(what: "a storage's length is not what its tensors say") }
    let start = at + 8
    guard storage.count <= (file.count - start) / size else {
      throw .legacy(what: "it ends inside a storage, its download was interrupted")
    }
    at = start + storage.count * size
    return start..<at
  }
}
