// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// Finds a model's tensors in what a pickle holds.
struct StateDict {
  /// Under these names training programs keep the model, beside its optimizer and their own notes.
  private static let wrappers: Set = ["state_dict", "model_state_dict", "model", "module"]

  /// The tensors by name, in the order of the file.
  private(set) var tensors: [(name: String, tensor: TorchTensor)] = []
  /// What stood beside the tensors and was left out.
  private(set) var notes: [String] = []

  private let heap: PickleHeap

  /// - Throws: when there is no dict of tensors, or more than one.
  init(_ root: PickleValue, _ heap: PickleHeap) throws(TorchProblem) {
    self.heap = heap
    guard let top = root.dict else { throw .noTable(found: root.kind) }
    if holdsTensors(top) {
      try read(top)
      return
    }
    let inner = heap.dicts[top].filter { $0.value.dict.map(holdsTensors) ?? false }
    let keys = inner.map { StateDict.shown($0.key) }
    guard let only = inner.first, let place = only.value.dict else {
      throw .noTensors(keys: heap.dicts[top].map { StateDict.shown($0.key) })
    }
    guard inner.count == 1 else { throw .ambiguous(keys: keys) }
    guard let key = only.key.text, StateDict.wrappers.contains(key) else {
      throw .wrapped(key: keys[0])
    }
    for entry in heap.dicts[top] where entry.key != only.key { leaveOut(entry, in: nil) }
    try read(place, in: key)
  }

  private func holdsTensors(_ dict: Int) -> Bool {
    heap.dicts[dict].contains { if case .tensor = $0.value { true } else { false } }
  }

  private mutating func read(_ dict: Int, in wrapper: String? = nil) throws(TorchProblem) {
    var names: Set<String> = []
    for entry in heap.dicts[dict] {
      guard case .tensor(let place) = entry.value else {
        leaveOut(entry, in: wrapper)
        continue
      }
      guard let name = entry.key.text, (1...1024).contains(name.utf8.count),
        name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
      else { throw .badName(StateDict.shown(entry.key)) }
      guard names.insert(name).inserted else { throw .twice(name) }
      tensors.append((name, heap.tensors[place]))
    }
  }

  private mutating func leaveOut(
    _ entry: (key: PickleValue, value: PickleValue), in wrapper: String?
  ) {
    let place = wrapper.map { " of '\($0)'" } ?? ""
    let key = StateDict.shown(entry.key)
    notes.append("'\(key)'\(place) is \(entry.value.kind), not a tensor".oneLine)
  }

  /// A key as a message shows it.
  private static func shown(_ key: PickleValue) -> String {
    switch key {
    case .text(let text): String(text.prefix(80))
    case .int(let number): "\(number)"
    default: key.kind
    }
  }
}
