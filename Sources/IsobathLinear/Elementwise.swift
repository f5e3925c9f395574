// SPDX-License-Identifier: GPL-3.0-or-later
import CKernels

/// A function of one number that a feed-forward part applies to each of its features.
package enum Activation: Sendable {
  /// `0.5 x (1 + erf(x/√2))`: "gelu".
  case geluErf
  /// `0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³)))`: "gelu_new".
  case geluTanh
  /// `x / (1 + exp(−1.702 x))`: "quick_gelu".
  case quickGELU
  /// `max(x, 0)`.
  case relu
  /// `x / (1 + exp(−x))`.
  case silu
}

/// Functions of rows or elements, in parallel over row slices where a whole matrix is taken.
package enum Elementwise {
  /// `x / √(mean(x²) + ε) · (offset + weight)` per row.
  package static func rmsNorm(
    _ x: Matrix, weight: [Float], epsilon: Float, offset: Float
  ) -> Matrix {
    precondition(
      weight.count == x.columns, "rmsNorm: \(weight.count) weights, \(x.columns) columns")
    return rowwise(x) { from, to in
      isobath_rms_norm(from, weight, offset, epsilon, weight.count, to)
    }
  }

  /// The same in place, for a window of columns.
  package static func rmsNorm(
    inPlace x: MatrixView, weight: [Float], epsilon: Float, offset: Float
  ) {
    precondition(
      weight.count == x.columns, "rmsNorm: \(weight.count) weights, \(x.columns) columns")
    for row in 0..<x.rows {
      let row = x.pointer + row * x.stride
      isobath_rms_norm(row, weight, offset, epsilon, weight.count, row)
    }
  }

  /// `(x − mean) / √(var + ε) · weight + bias` per row.
  package static func layerNorm(
    _ x: Matrix, weight: [Float], bias: [Float]?, epsilon: Float
  ) -> Matrix {
    precondition(
      weight.count == x.columns && bias?.count ?? x.columns == x.columns,
      "layerNorm: \(weight.count) weights, \(x.columns) columns")
    return rowwise(x) { from, to in
      if let bias {
        isobath_layer_norm(from, weight, bias, epsilon, weight.count, to)
      } else {
        isobath_layer_norm(from, weight, nil, epsilon, weight.count, to)
      }
    }
  }

  /// The same in place, for a window of columns.
  package static func layerNorm(
    inPlace x: MatrixView, weight: [Float], bias: [Float], epsilon: Float
  ) {
    precondition(
      weight.count == x.columns && bias.count == x.columns,
      "layerNorm: \(weight.count) weights, \(x.columns) columns")
    for row in 0..<x.rows {
      let row = x.pointer + row * x.stride
      isobath_layer_norm(row, weight, bias, epsilon, weight.count, row)
    }
  }

  /// `x · y`, element by element.
  package static func times(_ x: consuming Matrix, _ y: Matrix) -> Matrix {
    var x = x
    precondition(x.count == y.count, "times: \(x.count) and \(y.count) elements")
    inPlace(&x, with: y) { isobath_multiply($0, $1, $2) }
    return x
  }

  /// `factor · x`, element by element.
  package static func scaled(_ x: consuming Matrix, by factor: Float) -> Matrix {
    var x = x
    inPlace(&x) { isobath_scale($0, factor, $1) }
    return x
  }

  /// `silu(gate) · up`, element by element.
  package static func siluTimes(_ gate: consuming Matrix, _ up: Matrix) -> Matrix {
    var gate = gate
    precondition(gate.count == up.count, "siluTimes: \(gate.count) and \(up.count) elements")
    inPlace(&gate, with: up) { isobath_silu_times($0, $1, $2, $0) }
    return gate
  }

  /// `f(x)`, element by element.
  package static func activation(_ x: consuming Matrix, _ f: Activation) -> Matrix {
    var x = x
    inPlace(&x) { pointer, count in
      switch f {
      case .geluErf: isobath_gelu_erf(pointer, count)
      case .geluTanh: isobath_gelu_tanh(pointer, count)
      case .quickGELU: isobath_quick_gelu(pointer, count)
      case .relu: isobath_relu(pointer, count)
      case .silu: isobath_silu(pointer, count)
      }
    }
    return x
  }

  /// Softmax of some elements of a row; the others become zero.
  package static func softmax(_ x: MatrixView, row: Int, _ seen: Range<Int>) {
    precondition(
      !seen.isEmpty && seen.upperBound <= x.columns, "softmax of \(seen) of \(x.columns)")
    let start = x.pointer + row * x.stride
    start.update(repeating: 0, count: seen.lowerBound)
    isobath_softmax(start + seen.lowerBound, seen.count, x.columns - seen.lowerBound)
  }

  /// `cap · tanh(x / cap)`, in place.
  package static func softcap(_ x: MatrixView, _ cap: Float) {
    for row in 0..<x.rows { isobath_softcap(x.pointer + row * x.stride, cap, x.columns) }
  }

  /// Adds some of the elements of a vector to every row, in place.
  package static func add(_ x: [Float], _ range: Range<Int>, to y: MatrixView) {
    precondition(
      range.count == y.columns && range.lowerBound >= 0 && range.upperBound <= x.count,
      "add: elements \(range) of \(x.count) to \(y.columns) columns")
    x.withUnsafeBufferPointer { x in
      guard let base = x.baseAddress else { return }
      for row in 0..<y.rows {
        isobath_add(y.pointer + row * y.stride, base + range.lowerBound, range.count)
      }
    }
  }

  /// Every row becomes `slope · (first + column)`.
  package static func fillRamp(_ x: MatrixView, slope: Float, from first: Int) {
    for row in 0..<x.rows {
      for column in 0..<x.columns { x[row, column] = slope * Float(first + column) }
    }
  }

  /// How the two features of a rotary pair stand.
  package enum RotaryLayout: Sendable {
    /// Features i and i + pairs.
    case half
    /// Features 2i and 2i + 1.
    case interleaved
  }

  /// Turns the leading features of each row by that row's angles; one column of the tables per pair.
  package static func rotate(
    _ x: MatrixView, cosines: MatrixView, sines: MatrixView, layout: RotaryLayout
  ) {
    precondition(
      2 * cosines.columns <= x.columns && cosines.rows >= x.rows && sines.rows >= x.rows,
      "rotate: \(cosines.rows)×\(cosines.columns) pairs for \(x.rows)×\(x.columns)")
    for row in 0..<x.rows {
      let target = x.pointer + row * x.stride
      let cosine = cosines.pointer + row * cosines.stride
      let sine = sines.pointer + row * sines.stride
      switch layout {
      case .half: isobath_rotate_half(target, cosine, sine, cosines.columns)
      case .interleaved: isobath_rotate_interleaved(target, cosine, sine, cosines.columns)
      }
    }
  }
}

extension Matrix {
  /// The sum, element by element; takes the left side's storage when nobody else has it.
  package static func + (left: consuming Matrix, right: Matrix) -> Matrix {
    precondition(
      left.rows == right.rows && left.columns == right.columns,
      "+: \(left.rows)×\(left.columns) and \(right.rows)×\(right.columns)")
    var left = left
    inPlace(&left, with: right) { isobath_add($0, $1, $2) }
    return left
  }
}

/// Elements per task: enough to outweigh the hand-over, few enough to balance.
private let chunk = 1 << 16

private func rowwise(
  _ x: Matrix, _ body: @Sendable (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
) -> Matrix {
  var y = Matrix(uninitialized: x.rows, x.columns)
  let height = max(1, chunk / max(x.columns, 1))
  y.withMutableView { y in
    x.withView { x in
      Workers.run((x.rows + height - 1) / height) { task in
        for row in (task * height)..<min((task + 1) * height, x.rows) {
          body(x.pointer + row * x.stride, y.pointer + row * y.stride)
        }
      }
    }
  }
  return y
}

private func inPlace(
  _ x: inout Matrix, _ body: @Sendable (UnsafeMutablePointer<Float>, Int) -> Void
) {
  let count = x.count
  x.withMutableView { x in
    Workers.run((count + chunk - 1) / chunk) { task in
      body(x.pointer + task * chunk, min(chunk, count - task * chunk))
    }
  }
}

private func inPlace(
  _ x: inout Matrix, with y: Matrix,
  _ body: @Sendable (UnsafeMutablePointer<Float>, UnsafePointer<Float>, Int) -> Void
) {
  let count = x.count
  y.withView { y in
    x.withMutableView { x in
      Workers.run((count + chunk - 1) / chunk) { task in
        body(x.pointer + task * chunk, y.pointer + task * chunk, min(chunk, count - task * chunk))
      }
    }
  }
}
