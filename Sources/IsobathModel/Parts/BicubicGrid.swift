// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// A grid of vectors stretched to another one by cubic convolution, a = −3/4, where edges repeat: what
/// torch's `interpolate(mode="bicubic", align_corners=False)` does. Keys, doi 10.1109/TASSP.1981.1163711
struct BicubicGrid {
  /// What a row or column of the new grid takes of four of the old one.
  private struct Tap {
    let places: [Int]
    let weights: [Float]
  }

  private let columns: Int
  private let down: [Tap]
  private let across: [Tap]

  init(from old: PatchGrid, to new: PatchGrid) {
    columns = old.columns
    down = BicubicGrid.taps(from: old.rows, to: new.rows)
    across = BicubicGrid.taps(from: old.columns, to: new.columns)
  }

  private static func taps(from old: Int, to new: Int) -> [Tap] {
    let scale = Float(old) / Float(new)
    return (0..<new).map { place in
      let source = scale * (Float(place) + 0.5) - 0.5
      let first = source.rounded(.down)
      let rest = source - first
      return Tap(
        places: (-1...2).map { min(max(Int(first) + $0, 0), old - 1) },
        weights: [far(rest + 1), near(rest), near(1 - rest), far(2 - rest)])
    }
  }

  private static let a: Float = -0.75

  /// The weight of what is at most 1 away.
  private static func near(_ x: Float) -> Float { ((a + 2) * x - (a + 3)) * x * x + 1 }

  /// The weight of what is 1 to 2 away.
  private static func far(_ x: Float) -> Float { ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }

  /// Rows of the new grid's vectors from those of the old one, both row by row.
  func callAsFunction(_ old: Matrix) -> Matrix {
    var new = Matrix(zeros: down.count * across.count, old.columns)
    let (down, across, columns) = (down, across, columns)
    new.withMutableView { new in
      old.withView { old in
        Workers.run(down.count) { row in
          for column in across.indices {
            let target = new.pointer + (row * across.count + column) * new.stride
            for (y, high) in zip(down[row].places, down[row].weights) {
              for (x, wide) in zip(across[column].places, across[column].weights) {
                let source = old.pointer + (y * columns + x) * old.stride
                for feature in 0..<new.columns { target[feature] += high * wide * source[feature] }
              }
            }
          }
        }
      }
    }
    return new
  }
}
