// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import Synchronization

/// A cursor into a checkpoint's tensor names: `w["model.layers.3"]["self_attn"].matrix("weight", …)`.
///
/// Verifying, it checks names and shapes, counts bytes and hands out shapes without elements;
/// loading, it reads. Every name that was asked for is remembered, so unused tensors show.
package struct Weights: Sendable {
  private let store: WeightStore
  private let prefix: String
  private let layout: Layout

  /// How the rows that are asked for lie in the file.
  private struct Layout {
    var isTransposed = false
    /// Heads whose queries, keys and values alternate.
    var interleavedHeads: Int?
  }

  /// - Parameters:
  ///   - source: the checkpoint's tensors.
  ///   - loads: false to verify only.
  ///   - names: how this file's names and row orders differ from the family's.
  ///   - treatment: what becomes of the stored values.
  package init(
    _ source: TensorSource, loads: Bool, names: NameMap = .identity,
    treatment: WeightTreatment = WeightTreatment()
  ) {
    self.init(
      store: WeightStore(source: source, loads: loads, names: names, treatment: treatment),
      prefix: "", layout: Layout())
  }

  private init(store: WeightStore, prefix: String, layout: Layout) {
    self.store = store
    self.prefix = prefix
    self.layout = layout
  }

  /// The names below a part of a name; an empty part is the cursor itself.
  package subscript(part: String) -> Weights {
    Weights(store: store, prefix: full(part), layout: layout)
  }

  /// The same names, whose matrices the checkpoint stores [in, out].
  package var transposed: Weights { native { $0.isTransposed = true } }

  /// The same names, whose rows are one head's query, key and value after the other's: they come out
  /// as all queries, all keys, all values.
  package func interleaved(heads: Int) -> Weights { native { $0.interleavedHeads = heads } }

  private func native(_ change: (inout Layout) -> Void) -> Weights {
    var layout = layout
    if store.names.isNative { change(&layout) }
    return Weights(store: store, prefix: prefix, layout: layout)
  }

  /// What a norm adds to its weights: nothing where a converter has already added it.
  package func offset(_ value: Float) -> Float { store.names.isNative || isMade ? value : 0 }

  /// Whether values are made, as the family means them, and not read.
  package var isMade: Bool { store.treatment.maker != nil }

  /// The first of the prefixes under which `probe` exists; the first of all when none does.
  package func firstPresent(_ prefixes: [String], probe: String) -> Weights {
    let found = prefixes.first { self[$0].has(probe) }
    return self[found ?? prefixes.first ?? ""]
  }

  package func has(_ name: String) -> Bool { store.info(full(name)) != nil }

  /// A matrix of `rows` × `columns`, [out, in] whatever the checkpoint stores.
  package func matrix(
    _ name: String, _ rows: Int, _ columns: Int
  ) throws(CheckpointError) -> Matrix {
    let shape = layout.isTransposed ? [columns, rows] : [rows, columns]
    let found = try store.take(full(name), shape)
    try store.checkRows(of: full(name), columns)
    guard store.loads else { return Matrix(shapeOnly: rows, columns) }
    var matrix: Matrix
    if let maker = store.treatment.maker {
      matrix = maker.matrix(full(name), rows, columns)
    } else {
      matrix = try stored(found, shape, rows)
    }
    try matrix.withMutableView { view throws(CheckpointError) in
      try store.round(view, found.tensor)
    }
    return matrix
  }

  /// A matrix as the family means it, from the file.
  private func stored(
    _ found: WeightStore.Found, _ shape: [Int], _ rows: Int
  ) throws(CheckpointError) -> Matrix {
    var stored = Matrix(uninitialized: shape[0], shape[1])
    try stored.withMutableView { view throws(CheckpointError) in
      try store.source.load(found.tensor, rows: found.rows, into: view.pointer)
    }
    let matrix = layout.isTransposed ? stored.transposed() : stored
    return order(of: rows, found).map(matrix.reordered) ?? matrix
  }

  /// A tensor of any number of dimensions as a matrix of its elements in their order.
  ///
  /// - Parameters:
  ///   - shape: what the checkpoint stores, such as a convolution's [out, in, height, width].
  ///   - rows: the matrix's rows, a divisor of the tensor's elements.
  ///   - isTable: whether it is a table of embeddings.
  package func matrix(
    _ name: String, folding shape: [Int], rows: Int, isTable: Bool = false
  ) throws(CheckpointError) -> Matrix {
    let found = try store.take(full(name), shape, as: isTable ? .heldTable : .weight)
    let count = found.tensor.count
    precondition(rows > 0 && count % rows == 0, "Weights: \(shape) in \(rows) rows")
    let columns = count / rows
    try store.checkRows(of: full(name), columns)
    guard store.loads else { return Matrix(shapeOnly: rows, columns) }
    if let maker = store.treatment.maker { return maker.matrix(full(name), rows, columns) }
    var matrix = Matrix(uninitialized: rows, columns)
    try matrix.withMutableView { view throws(CheckpointError) in
      try store.source.load(found.tensor, rows: found.rows, into: view.pointer)
      try store.round(view, found.tensor)
    }
    return matrix
  }

  /// A vector of `count` elements.
  package func vector(_ name: String, _ count: Int) throws(CheckpointError) -> [Float] {
    let found = try store.take(full(name), [count])
    guard store.loads else { return [] }
    let values = try [Float](unsafeUninitializedCapacity: count) {
      buffer, initialized throws(CheckpointError) in
      guard let base = buffer.baseAddress else { return }
      if let maker = store.treatment.maker {
        maker.make(full(name), 0..<1, of: (1, count), into: base)
      } else {
        try store.source.load(found.tensor, rows: found.rows, into: base)
      }
      initialized = count
    }
    if isMade { return values }
    return order(of: count, found).map { $0.map { values[$0] } } ?? values
  }

  /// Where the rows that are asked for stand among the stored ones; nil when they are in order.
  private func order(of rows: Int, _ found: WeightStore.Found) -> [Int]? {
    if let heads = found.permutedHeads { return RowOrder.unpermuted(rows, heads: heads) }
    return layout.interleavedHeads.map { RowOrder.stacked(rows, heads: $0) }
  }

  /// The first of several names that is there, for tensors that older writers called otherwise; the
  /// first of all when none is.
  package func present(_ names: String...) -> String {
    names.first(where: has) ?? names[0]
  }

  /// Checks that a table of `rows` × `columns` is there, for `gather` later.
  package func check(_ name: String, _ rows: Int, _ columns: Int) throws(CheckpointError) {
    _ = try store.take(full(name), [rows, columns], as: .gathered)
    try store.checkRows(of: full(name), columns)
  }

  /// Some rows of a table, in the order asked for; only those are read from the file.
  package func gather(
    _ name: String, _ indices: [Int], _ rows: Int, _ columns: Int
  ) throws(CheckpointError) -> Matrix {
    let tensor = try store.take(full(name), [rows, columns], as: .gathered).tensor
    var result = Matrix(uninitialized: indices.count, columns)
    try result.withMutableView { view throws(CheckpointError) in
      var first: [Int: Int] = [:]
      for (row, index) in indices.enumerated() {
        let target = view.pointer + row * columns
        if let earlier = first.updateValue(row, forKey: index) {
          target.update(from: view.pointer + earlier * columns, count: columns)
        } else if let maker = store.treatment.maker {
          maker.make(full(name), index..<(index + 1), of: (rows, columns), into: target)
        } else {
          try store.source.load(tensor, rows: index..<(index + 1), into: target)
        }
      }
      // A row is rounded by itself, so equal rows stay equal.
      try store.round(view, tensor)
    }
    return result
  }

  /// Bytes, as float32, of everything asked for so far that stays in memory.
  package var bytes: Int { store.used.withLock { $0.bytes } }
  /// Elements of all tensors asked for so far.
  package var parameters: Int { store.used.withLock { $0.parameters } }

  /// Those among them that are tables of embeddings: of tokens, positions and types.
  package var tableParameters: Int { store.used.withLock { $0.tables } }

  /// The checkpoint's tensors that nobody has asked for, in the file's names.
  package var unused: [String] {
    let used = store.used.withLock { $0.names }.union(store.names.configuring)
    return store.source.tensors.keys.filter { !used.contains($0) }.sorted()
  }

  private func full(_ part: String) -> String {
    prefix.isEmpty ? part : part.isEmpty ? prefix : "\(prefix).\(part)"
  }
}

/// What all cursors into one checkpoint share.
private final class WeightStore: Sendable {
  struct Used {
    var names: Set<String> = []
    var places: Set<StoredTensor> = []
    var bytes = 0
    var parameters = 0
    var tables = 0
  }
  /// What a tensor is to whoever asks for it.
  enum Role {
    case weight
    /// A table of embeddings that is held as a whole.
    case heldTable
    /// A table of embeddings of which some rows are held.
    case gathered
  }
  /// A tensor and the rows of it that are meant.
  struct Found {
    let tensor: TensorInfo
    let rows: Range<Int>
    let permutedHeads: Int?
  }
  let source: TensorSource
  let loads: Bool
  let names: NameMap
  let treatment: WeightTreatment
  let used = Mutex(Used())

  init(source: TensorSource, loads: Bool, names: NameMap, treatment: WeightTreatment) {
    self.source = source
    self.loads = loads
    self.names = names
    self.treatment = treatment
  }

  func info(_ name: String) -> TensorInfo? { source.tensors[names.stored(name).name] }

  /// Finds a tensor, checks its shape, and notes that it was asked for.
  func take(
    _ name: String, _ shape: [Int], as role: Role = .weight
  ) throws(CheckpointError) -> Found {
    let place = names.stored(name)
    guard let tensor = source.tensors[place.name] else {
      throw .missingTensor(place.name, path: source.files.first?.path ?? "")
    }
    let path = source.path(of: tensor)
    let shapes = place.shapes(of: shape)
    guard shapes.contains(tensor.shape) else {
      throw .shape(tensor: tensor.name, found: tensor.shape, expected: shapes[0], path: path)
    }
    // A part of a vector may begin inside a block of quantised elements.
    let isDivided = place.part != nil && tensor.shape.count == 1
    guard tensor.type.convert != nil, tensor.type.elements == 1 || !isDivided else {
      throw .unreadType(tensor: tensor.name, type: tensor.type.name, path: path)
    }
    if let maker = treatment.maker, !maker.makes(name) {
      throw .noInitialValues(tensor: name, path: path)
    }
    used.withLock { used in
      used.names.insert(tensor.name)
      guard used.places.insert(place).inserted else { return }
      let count = shape.reduce(1, *)
      used.parameters += count
      if role != .gathered { used.bytes += count * MemoryLayout<Float>.size }
      if role != .weight { used.tables += count }
    }
    return Found(
      tensor: tensor, rows: place.rows(in: tensor.shape, of: shape),
      permutedHeads: place.permutedHeads)
  }

  /// Checks that rows can be rounded to what matrices are rounded to.
  func checkRows(of name: String, _ columns: Int) throws(CheckpointError) {
    guard let type = treatment.rounding, columns % type.elements != 0 else { return }
    throw .rowLength(
      tensor: names.stored(name).name, columns: columns, type: type.rawValue, block: type.elements,
      path: source.files.first?.path ?? "")
  }

  /// Rounds a matrix of a tensor, where matrices are rounded.
  func round(_ view: MatrixView, _ tensor: TensorInfo) throws(CheckpointError) {
    try treatment.rounding?.round(view, of: tensor.name, path: source.path(of: tensor))
  }
}
