// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import IsobathTestSupport
import Testing

/// Matrix products against float64 sums, and rows that do not depend on their neighbours.
@Suite struct ProductTests {
  @Test(arguments: [(1, 1, 1), (3, 5, 7), (17, 600, 33), (130, 64, 48), (513, 48, 144)])
  func linearLayer(_ shape: (rows: Int, inner: Int, outputs: Int)) {
    var noise = Noise(1)
    let x = Matrix(shape.rows, shape.inner, noise.floats(shape.rows * shape.inner))
    let w = Matrix(shape.outputs, shape.inner, noise.floats(shape.outputs * shape.inner))
    let bias = noise.floats(shape.outputs)
    let y = linear(x, w, bias: bias)
    let worst = WorstError("linear layer \(shape)", tolerance: Tolerance.product)
    for row in stride(from: 0, to: shape.rows, by: 7) {
      for output in 0..<shape.outputs {
        var sum = Double(bias[output])
        for k in 0..<shape.inner { sum += Double(x[row, k]) * Double(w[output, k]) }
        worst.record(Double(y[row, output]) - sum, at: "row \(row), output \(output)")
      }
    }
    worst.check()
  }

  /// A row's bits are the same in whatever matrix it stands: a resumed run repeats the first one.
  @Test(arguments: [(576, 576), (576, 192), (576, 1536), (1536, 576), (48, 144), (32, 32)])
  func rowsDoNotDependOnTheirNeighbours(_ shape: (inner: Int, outputs: Int)) {
    var noise = Noise(2)
    let w = Matrix(shape.outputs, shape.inner, noise.floats(shape.outputs * shape.inner))
    let all = noise.floats(1100 * shape.inner)
    let whole = linear(Matrix(1100, shape.inner, all), w, bias: nil).elements
    for (start, count) in [(0, 1), (5, 2), (255, 3), (256, 7), (100, 100), (300, 257), (88, 1000)] {
      let part = Array(all[(start * shape.inner)..<((start + count) * shape.inner)])
      let found = linear(Matrix(count, shape.inner, part), w, bias: nil).elements
      let wanted = whole[(start * shape.outputs)..<((start + count) * shape.outputs)]
      #expect(found.elementsEqual(wanted), "rows \(start) to \(start + count) of \(shape)")
    }
  }

  @Test func resultsDoNotDependOnThreads() {
    var noise = Noise(3)
    let x = Matrix(700, 96, noise.floats(700 * 96))
    let w = Matrix(320, 96, noise.floats(320 * 96))
    Workers.use(1)
    let one = linear(x, w, bias: nil).elements
    Workers.use(3)
    let three = linear(x, w, bias: nil).elements
    Workers.use(0)
    #expect(one == three)
  }

  @Test func productsOfViews() {
    var noise = Noise(4)
    var storage = Matrix(20, 30, noise.floats(600))
    let a = Matrix(8, 5, noise.floats(40))
    let b = Matrix(5, 9, noise.floats(45))
    storage.withMutableView { all in
      let window = all.rows(4..<12).columns(10..<19)
      a.withView { a in
        b.withView { b in
          Dense.gemm(a, transposeA: false, b, transposeB: false, into: window)
        }
      }
    }
    let worst = WorstError("gemm into a window", tolerance: Tolerance.product)
    for row in 0..<8 {
      for column in 0..<9 {
        var sum = 0.0
        for k in 0..<5 { sum += Double(a[row, k]) * Double(b[k, column]) }
        worst.record(Double(storage[row + 4, column + 10]) - sum, at: "\(row), \(column)")
      }
    }
    worst.check()
  }

  /// The linked cblas is OpenBLAS, at one thread: a second library or threads of its own are slow.
  @Test func openBLASAtOneThread() {
    #expect(BLAS.configuration.contains("OpenBLAS"))
    #expect(BLAS.threads == 1)
  }
}
