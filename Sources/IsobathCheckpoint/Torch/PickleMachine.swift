// SPDX-License-Identifier: GPL-3.0-or-later

/// A pickle read as data: a stack, a memo, and a table of the few names that describe tensors.
///
/// It imports nothing, calls nothing and follows nothing: each instruction moves values between stack,
/// memo and heap, so time and memory are bounded by the pickle's length and the limits below.
struct PickleMachine {
  private static let (deepest, mostKept) = (1 << 20, 1 << 21)

  private var cursor: PickleCursor
  private var stack: [PickleValue] = []
  /// Where the stack stood at each mark that is still open.
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private(set) var heap = PickleHeap()

  /// - Parameter bytes: the pickle; the machine must not outlive them.
  init(_ bytes: UnsafeRawBufferPointer) { cursor = PickleCursor(bytes) }

  /// How many bytes the pickle has, once it was run.
  var length: Int { cursor.at }

  /// Runs to the pickle's end.
  ///
  /// - Parameter isLast: whether nothing may follow it.
  /// - Returns: the value that it stands for; its parts are in `heap`.
  mutating func run(isLast: Bool = true) throws(PickleProblem) -> PickleValue {
    let version = try start()
    guard version == 2 else { throw .protocol(version) }
    while true {
      let opcode = try cursor.opcode()
      if opcode == .stop { break }
      try step(opcode)
      try checkLimits()
    }
    guard marks.isEmpty, stack.count == 1 else {
      throw .operand("STOP", found: "\(stack.count) values", expected: "one", at: cursor.start)
    }
    guard !isLast || cursor.remaining == 0 else { throw .trailing(bytes: cursor.remaining) }
    return stack[0]
  }

  private mutating func start() throws(PickleProblem) -> Int {
    let opcode = try cursor.opcode()
    guard opcode == .protocol else { return 0 }
    return Int(try cursor.number(UInt8.self))
  }

  private func checkLimits() throws(PickleProblem) {
    guard stack.count + marks.count <= PickleMachine.deepest else {
      throw .limit("open values", most: PickleMachine.deepest, at: cursor.start)
    }
    guard memo.count <= PickleMachine.mostKept else {
      throw .limit("kept values", most: PickleMachine.mostKept, at: cursor.start)
    }
    guard heap.count <= PickleHeap.most else {
      throw .limit("containers and parts", most: PickleHeap.most, at: cursor.start)
    }
  }

  private mutating func step(_ opcode: PickleOpcode) throws(PickleProblem) {
    switch opcode {
    case .mark: marks.append(stack.count)
    case .none: stack.append(.none)
    case .newTrue: stack.append(.bool(true))
    case .newFalse: stack.append(.bool(false))
    case .int8: stack.append(.int(Int(try cursor.number(UInt8.self))))
    case .int16: stack.append(.int(Int(try cursor.number(UInt16.self))))
    case .int32: stack.append(.int(Int(try cursor.number(Int32.self))))
    case .long1: stack.append(.int(try cursor.long()))
    case .float: stack.append(.double(try cursor.double()))
    case .text: stack.append(.text(try cursor.text()))
    case .emptyTuple: stack.append(heap.add(tuple: []))
    case .emptyList: stack.append(heap.addList())
    case .emptyDict: stack.append(heap.addDict())
    case .global: stack.append(.global(try cursor.global()))
    case .get: try recall(Int(cursor.number(UInt8.self)))
    case .longGet: try recall(Int(cursor.number(UInt32.self)))
    case .put: try keep(Int(cursor.number(UInt8.self)))
    case .longPut: try keep(Int(cursor.number(UInt32.self)))
    case .stop, .protocol: throw .opcode(PickleOpcode.name(opcode.rawValue), at: cursor.start)
    default: try combine(opcode)
    }
  }

  /// The instructions that take values from the stack.
  private mutating func combine(_ opcode: PickleOpcode) throws(PickleProblem) {
    switch opcode {
    case .tuple1: try tuple(of: 1)
    case .tuple2: try tuple(of: 2)
    case .tuple3: try tuple(of: 3)
    case .tuple: stack.append(heap.add(tuple: try popToMark()))
    case .append: try append([try pop()])
    case .appends: try append(popToMark())
    case .setItem:
      let value = try pop()
      try set([try pop(), value])
    case .setItems: try set(popToMark())
    case .reduce:
      let arguments = try pop()
      stack.append(try call(try pop(), arguments))
    case .build: try build(try pop())
    default: stack.append(try persistent(try pop()))
    }
  }

  // MARK: - Stack and memo

  private var name: String { PickleOpcode.name(cursor.byte) }

  private mutating func pop() throws(PickleProblem) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else {
      throw .emptyStack(name, at: cursor.start)
    }
    return value
  }

  private mutating func popToMark() throws(PickleProblem) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw .emptyStack(name, at: cursor.start) }
    let values = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return values
  }

  private func top() throws(PickleProblem) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else {
      throw .emptyStack(name, at: cursor.start)
    }
    return value
  }

  private mutating func tuple(of count: Int) throws(PickleProblem) {
    var parts: [PickleValue] = []
    for _ in 0..<count { parts.append(try pop()) }
    stack.append(heap.add(tuple: parts.reversed()))
  }

  private mutating func keep(_ index: Int) throws(PickleProblem) { memo[index] = try top() }

  private mutating func recall(_ index: Int) throws(PickleProblem) {
    guard let value = memo[index] else { throw .memo(index, at: cursor.start) }
    stack.append(value)
  }

  // MARK: - Containers

  private mutating func append(_ values: [PickleValue]) throws(PickleProblem) {
    guard case .list(let place) = try top() else { throw wrong(try top(), "a list") }
    heap.append(values, to: place)
  }

  private mutating func set(_ values: [PickleValue]) throws(PickleProblem) {
    guard case .dict(let place) = try top() else { throw wrong(try top(), "a dict") }
    guard values.count % 2 == 0 else {
      throw .operand(name, found: "a key without a value", expected: "pairs", at: cursor.start)
    }
    for index in stride(from: 0, to: values.count, by: 2) {
      heap.set(values[index], values[index + 1], in: place)
    }
  }

  private func wrong(_ value: PickleValue, _ expected: String) -> PickleProblem {
    .operand(name, found: value.kind, expected: expected, at: cursor.start)
  }

  // MARK: - What describes tensors

  /// REDUCE: one of the known names with its arguments.
  private mutating func call(
    _ callee: PickleValue, _ arguments: PickleValue
  ) throws(PickleProblem) -> PickleValue {
    guard case .global(let global) = callee else { throw wrong(callee, "a name of torch's") }
    guard let parts = heap.parts(arguments) else { throw wrong(arguments, "a tuple") }
    do throws(TorchGlobal.Misuse) { return try global.call(parts, &heap) } catch {
      throw .call(global.name, what: error.what, at: cursor.start)
    }
  }

  /// BINPERSID: a storage.
  private mutating func persistent(_ id: PickleValue) throws(PickleProblem) -> PickleValue {
    // Before zip archives a sixth part told of views, which nobody saved any more.
    guard let parts = heap.parts(id), parts.count == 5 || parts.count == 6 && parts[5] == .none,
      parts[0] == .text("storage"),
      case .global(.storage(let type)) = parts[1], let key = parts[2].text,
      parts[3].text != nil, let count = parts[4].int, count >= 0
    else { throw wrong(id, "('storage', type, key, place, count)") }
    return heap.add(TorchStorage(key: key, type: type, count: count))
  }

  /// BUILD: the notes that a module leaves with its state, which say nothing of its tensors.
  private mutating func build(_ state: PickleValue) throws(PickleProblem) {
    guard case .dict = try top() else { throw wrong(try top(), "a dict") }
    guard let place = state.dict else { throw wrong(state, "a dict") }
    guard heap.dicts[place].allSatisfy({ $0.key == .text("_metadata") }) else {
      throw wrong(state, "a dict of '_metadata' only")
    }
  }
}
