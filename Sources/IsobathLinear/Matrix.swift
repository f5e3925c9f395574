// SPDX-License-Identifier: GPL-3.0-or-later

/// A dense row-major float32 matrix: `rows` × `columns`, row `i` starting at element `i · columns`.
///
/// A value: copies share storage until one of them is written. Storage comes from a pool, so the
/// expressions of a forward pass allocate nothing once the first block has run.
public struct Matrix: Sendable {
  /// How many rows it has.
  public let rows: Int
  /// How many columns it has.
  public let columns: Int
  private var storage: MatrixStorage

  /// A matrix whose elements are not yet set.
  package init(uninitialized rows: Int, _ columns: Int) {
    precondition(rows >= 0 && columns >= 0, "Matrix: negative shape \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
    holdsElements = true
    storage = MatrixStorage(count: rows * columns)
  }

  /// A matrix of zeros.
  public init(zeros rows: Int, _ columns: Int) {
    self.init(uninitialized: rows, columns)
    storage.pointer.update(repeating: 0, count: count)
  }

  /// A matrix from its elements in row-major order; `values.count` must be `rows · columns`.
  public init(_ rows: Int, _ columns: Int, _ values: [Float]) {
    precondition(
      values.count == rows * columns,
      "Matrix: \(values.count) values for a shape of \(rows) × \(columns)")
    self.init(uninitialized: rows, columns)
    values.withUnsafeBufferPointer {
      if let base = $0.baseAddress { storage.pointer.update(from: base, count: values.count) }
    }
  }

  /// A matrix that has a shape and no storage: what a dry run over a checkpoint hands out.
  package init(shapeOnly rows: Int, _ columns: Int) {
    self.rows = rows
    self.columns = columns
    holdsElements = false
    storage = MatrixStorage(count: 0)
  }

  package var count: Int { rows * columns }
  /// False for what `init(shapeOnly:)` made.
  package let holdsElements: Bool

  /// The elements, to read. Valid while this value (or a copy of it) lives: wrap uses in
  /// `withExtendedLifetime` or go through `withView`.
  package var pointer: UnsafePointer<Float> { UnsafePointer(storage.pointer) }

  /// One element.
  public subscript(row: Int, column: Int) -> Float {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "Matrix: [\(row), \(column)] outside \(rows) × \(columns)")
    return storage.pointer[row * columns + column]
  }

  /// All elements in row-major order.
  public var elements: [Float] {
    withExtendedLifetime(storage) {
      Array(UnsafeBufferPointer(start: storage.pointer, count: count))
    }
  }

  /// Reads the matrix, or some of its rows, without a copy.
  package func withView<R, E: Error>(
    rows range: Range<Int>? = nil, _ body: (MatrixView) throws(E) -> R
  ) throws(E) -> R {
    defer { withExtendedLifetime(storage) {} }
    return try body(view(range))
  }

  /// Writes into the matrix, copying it first when another value shares its storage.
  package mutating func withMutableView<R, E: Error>(
    rows range: Range<Int>? = nil, _ body: (MatrixView) throws(E) -> R
  ) throws(E) -> R {
    makeUnique()
    defer { withExtendedLifetime(storage) {} }
    return try body(view(range))
  }

  private func view(_ range: Range<Int>?) -> MatrixView {
    let range = range ?? 0..<rows
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rows,
      "Matrix: rows \(range) of \(rows) × \(columns)")
    return MatrixView(
      storage.pointer + range.lowerBound * columns, rows: range.count, columns: columns,
      stride: columns)
  }

  private mutating func makeUnique() {
    guard !isKnownUniquelyReferenced(&storage) else { return }
    let copy = MatrixStorage(count: count)
    copy.pointer.update(from: storage.pointer, count: count)
    storage = copy
  }
}

/// A borrowed window onto float32 elements: `rows` × `columns`, successive rows `stride` apart.
///
/// It owns nothing and must not outlive the call that handed it out.
package struct MatrixView: @unchecked Sendable {
  package let pointer: UnsafeMutablePointer<Float>
  package let rows: Int
  package let columns: Int
  package let stride: Int

  package init(_ pointer: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    self.pointer = pointer
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  package subscript(row: Int, column: Int) -> Float {
    get { pointer[row * stride + column] }
    nonmutating set { pointer[row * stride + column] = newValue }
  }

  /// Some of the rows, same columns.
  package func rows(_ range: Range<Int>) -> MatrixView {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    return MatrixView(
      pointer + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// Some of the columns, same rows: a head's slice, say.
  package func columns(_ range: Range<Int>) -> MatrixView {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) of \(columns)")
    return MatrixView(
      pointer + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }
}
