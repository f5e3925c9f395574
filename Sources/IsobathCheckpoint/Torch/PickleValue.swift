// SPDX-License-Identifier: GPL-3.0-or-later

/// A value that a pickle builds. Containers are places in a heap: they may hold each other, or
/// themselves, and nothing follows them but who looks for something.
enum PickleValue: Equatable {
  case none
  case bool(Bool)
  case int(Int)
  case double(Double)
  case text(String)
  case tuple(Int)
  case list(Int)
  case dict(Int)
  case global(TorchGlobal)
  case storage(Int)
  case tensor(Int)

  /// What it is, for messages.
  var kind: String {
    switch self {
    case .none: "None"
    case .bool: "a bool"
    case .int, .double: "a number"
    case .text: "a text"
    case .tuple: "a tuple"
    case .list: "a list"
    case .dict: "a dict"
    case .global(let global): "'\(global.name)'"
    case .storage: "a storage"
    case .tensor: "a tensor"
    }
  }

  var int: Int? { if case .int(let value) = self { value } else { nil } }
  var text: String? { if case .text(let value) = self { value } else { nil } }
  var dict: Int? { if case .dict(let place) = self { place } else { nil } }
  var isBool: Bool { if case .bool = self { true } else { false } }
}

/// A run of numbers in one of the archive's entries.
struct TorchStorage: Equatable {
  /// The entry is `data/<key>`.
  let key: String
  /// nil for bytes whose type each tensor names.
  let type: ElementType?
  /// How many numbers (or bytes) it has.
  let count: Int
}

/// A tensor as a pickle describes it, not yet compared with its storage.
struct TorchTensor: Equatable {
  let storage: TorchStorage
  let type: ElementType
  /// In elements, like the strides.
  let offset: Int
  let shape: [Int]
  let strides: [Int]
}

/// Where a pickle's containers and tensors live.
struct PickleHeap {
  /// Containers and their parts together: some forty of them describe a tensor.
  static let most = 1 << 22

  private(set) var tuples: [[PickleValue]] = []
  private(set) var lists: [[PickleValue]] = []
  private(set) var dicts: [[(key: PickleValue, value: PickleValue)]] = []
  private(set) var storages: [TorchStorage] = []
  private(set) var tensors: [TorchTensor] = []
  /// How many containers and parts there are.
  private(set) var count = 0

  mutating func add(tuple parts: [PickleValue]) -> PickleValue {
    tuples.append(parts)
    count += 1 + parts.count
    return .tuple(tuples.count - 1)
  }

  mutating func addList() -> PickleValue {
    lists.append([])
    count += 1
    return .list(lists.count - 1)
  }

  mutating func addDict() -> PickleValue {
    dicts.append([])
    count += 1
    return .dict(dicts.count - 1)
  }

  mutating func add(_ storage: TorchStorage) -> PickleValue {
    storages.append(storage)
    count += 1
    return .storage(storages.count - 1)
  }

  mutating func add(_ tensor: TorchTensor) -> PickleValue {
    tensors.append(tensor)
    count += 1 + 2 * tensor.shape.count
    return .tensor(tensors.count - 1)
  }

  mutating func append(_ values: [PickleValue], to list: Int) {
    lists[list] += values
    count += values.count
  }

  mutating func set(_ key: PickleValue, _ value: PickleValue, in dict: Int) {
    dicts[dict].append((key, value))
    count += 2
  }

  /// The parts of a tuple; nil for anything else.
  func parts(_ value: PickleValue) -> [PickleValue]? {
    if case .tuple(let place) = value { tuples[place] } else { nil }
  }
}
