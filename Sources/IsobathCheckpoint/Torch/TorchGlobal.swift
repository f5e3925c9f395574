// SPDX-License-Identifier: GPL-3.0-or-later

/// The names that a pickle of tensors may use. Each is a word here, with rules for its arguments.
enum TorchGlobal: Equatable {
  case orderedDict
  case size
  case parameter
  case rebuildParameter
  case rebuildTensor
  case rebuildTensorV2
  /// A tensor over bytes, of a type that has no storage of its own.
  case rebuildTensorV3
  /// A storage's type; nil for bytes.
  case storage(ElementType?)
  case type(ElementType)

  /// Wrong arguments: what follows the name in a sentence.
  struct Misuse: Error {
    let what: String
  }

  static let known: [String: TorchGlobal] = [
    "collections.OrderedDict": .orderedDict, "torch.Size": .size,
    "torch.nn.parameter.Parameter": .parameter,
    "torch._utils._rebuild_parameter": .rebuildParameter,
    "torch._utils._rebuild_tensor": .rebuildTensor,
    "torch._utils._rebuild_tensor_v2": .rebuildTensorV2,
    "torch._utils._rebuild_tensor_v3": .rebuildTensorV3,
    "torch.storage.UntypedStorage": .storage(nil),
    "torch.FloatStorage": .storage(.f32), "torch.HalfStorage": .storage(.f16),
    "torch.BFloat16Storage": .storage(.bf16), "torch.DoubleStorage": .storage(.f64),
    "torch.ByteStorage": .storage(.other("U8", 1)), "torch.CharStorage": .storage(.other("I8", 1)),
    "torch.BoolStorage": .storage(.other("BOOL", 1)),
    "torch.ShortStorage": .storage(.other("I16", 2)),
    "torch.IntStorage": .storage(.other("I32", 4)), "torch.LongStorage": .storage(.other("I64", 8)),
    "torch.uint16": .type(.other("U16", 2)), "torch.uint32": .type(.other("U32", 4)),
    "torch.uint64": .type(.other("U64", 8)),
    "torch.float8_e4m3fn": .type(.other("F8_E4M3", 1)),
    "torch.float8_e5m2": .type(.other("F8_E5M2", 1)),
    "torch.float8_e4m3fnuz": .type(.other("F8_E4M3FNUZ", 1)),
    "torch.float8_e5m2fnuz": .type(.other("F8_E5M2FNUZ", 1)),
    "torch.float8_e8m0fnu": .type(.other("F8_E8M0", 1)),
  ]

  var name: String {
    TorchGlobal.known.first { $0.value == self }?.key ?? "a name of torch's"
  }

  /// What the name makes of its arguments.
  func call(
    _ arguments: [PickleValue], _ heap: inout PickleHeap
  ) throws(Misuse) -> PickleValue {
    switch self {
    case .orderedDict:
      guard arguments.isEmpty else { throw Misuse(what: "is given entries in an unknown form") }
      return heap.addDict()
    case .size:
      guard arguments.count == 1, heap.parts(arguments[0]) != nil else {
        throw Misuse(what: "is not given a tuple")
      }
      return arguments[0]
    case .parameter, .rebuildParameter:
      guard (1...3).contains(arguments.count), case .tensor = arguments[0],
        arguments.dropFirst().allSatisfy({ $0.isBool || isNothing($0, heap) })
      else { throw Misuse(what: "is not given a tensor, a bool and no hooks") }
      return arguments[0]
    case .rebuildTensor, .rebuildTensorV2, .rebuildTensorV3:
      return heap.add(try tensor(arguments, heap))
    case .storage, .type: throw Misuse(what: "is called, which no checkpoint needs")
    }
  }

  /// None, or a container without anything in it: no hooks, no notes.
  private func isNothing(_ value: PickleValue, _ heap: PickleHeap) -> Bool {
    switch value {
    case .none: true
    case .dict(let place): heap.dicts[place].isEmpty
    default: false
    }
  }

  /// `(storage, offset, shape, strides, gradient, hooks, type, notes)`, as far as each version goes.
  private func tensor(
    _ arguments: [PickleValue], _ heap: PickleHeap
  ) throws(Misuse) -> TorchTensor {
    let (required, optional) =
      switch self {
      case .rebuildTensorV3: (7, 1)
      case .rebuildTensorV2: (6, 1)
      default: (4, 0)
      }
    guard (required...(required + optional)).contains(arguments.count) else {
      throw Misuse(what: "is given \(arguments.count) arguments, not \(required)")
    }
    guard case .storage(let place) = arguments[0], let offset = arguments[1].int,
      let shape = sizes(arguments[2], heap), let strides = sizes(arguments[3], heap),
      offset >= 0, shape.count == strides.count, shape.count <= 64
    else { throw Misuse(what: "is not given a storage, an offset, a shape and strides") }
    if required > 4 {
      guard arguments[4].isBool, isNothing(arguments[5], heap) else {
        throw Misuse(what: "is given hooks, which would be code")
      }
    }
    // They say that the numbers are to be negated or conjugated.
    guard arguments.count == required || isNothing(arguments[required], heap) else {
      throw Misuse(what: "is given notes that change the numbers; save a plain copy of the tensor")
    }
    return TorchTensor(
      storage: heap.storages[place], type: try type(arguments, heap.storages[place]),
      offset: offset, shape: shape, strides: strides)
  }

  private func type(
    _ arguments: [PickleValue], _ storage: TorchStorage
  ) throws(Misuse) -> ElementType {
    if self == .rebuildTensorV3 {
      guard case .global(.type(let type)) = arguments[6], storage.type == nil else {
        throw Misuse(what: "is not given bytes and a type")
      }
      return type
    }
    guard let type = storage.type else { throw Misuse(what: "is given bytes without a type") }
    return type
  }

  /// A tuple of whole numbers, none negative.
  private func sizes(_ value: PickleValue, _ heap: PickleHeap) -> [Int]? {
    guard let parts = heap.parts(value) else { return nil }
    let sizes = parts.compactMap { $0.int.flatMap { $0 >= 0 ? $0 : nil } }
    return sizes.count == parts.count ? sizes : nil
  }
}
