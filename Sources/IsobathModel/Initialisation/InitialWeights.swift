// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// Standard normal numbers of a tensor, from a place on: the same for the same name and place.
package typealias NormalSource =
  @Sendable (_ tensor: String, _ first: Int, _ target: UnsafeMutableBufferPointer<Float>) -> Void

/// The weights of an untrained model: a family's laws applied to normal numbers.
struct InitialWeights: WeightMaker {
  let laws: InitialLaws
  let normals: NormalSource

  func makes(_ tensor: String) -> Bool { laws.law(of: tensor) != nil }

  func make(
    _ tensor: String, _ rows: Range<Int>, of shape: (rows: Int, columns: Int),
    into target: UnsafeMutablePointer<Float>
  ) {
    guard let law = laws.law(of: tensor) else {
      preconditionFailure("no law for \(tensor), which the model was opened with")
    }
    let values = UnsafeMutableBufferPointer(start: target, count: rows.count * shape.columns)
    switch law {
    case .zeros: values.update(repeating: 0)
    case .ones: values.update(repeating: 1)
    case .normal(let deviation, let zeroRow):
      normals(tensor, rows.lowerBound * shape.columns, values)
      let deviation = Float(deviation)
      for place in values.indices { values[place] *= deviation }
      let zero = zeroRow.map { $0 < 0 ? shape.rows + $0 : $0 }
      if let zero, rows.contains(zero) {
        (target + (zero - rows.lowerBound) * shape.columns).update(
          repeating: 0, count: shape.columns)
      }
    }
  }
}

/// What a model is given instead of its checkpoint's weights.
package struct WeightChange: Sendable {
  /// The numbers that the family's initialisation is made of; nil keeps the stored values.
  package var normals: NormalSource?
  /// What matrices are rounded to; nil leaves them as they are.
  package var rounding: WeightRounding?

  package init(normals: NormalSource? = nil, rounding: WeightRounding? = nil) {
    (self.normals, self.rounding) = (normals, rounding)
  }
}
