// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// `down(f(up(x)))`: the two-layer feed-forward part.
package struct MLP: RowMap {
  private let up: Projection
  private let down: Projection
  private let activation: Activation

  package init(
    up: Weights, down: Weights, _ width: Int, _ inner: Int, _ activation: Activation,
    bias: Bool = true
  ) throws {
    self.up = try Projection(up, in: width, out: inner, bias: bias)
    self.down = try Projection(down, in: inner, out: width, bias: bias)
    self.activation = activation
  }

  package func callAsFunction(_ x: Matrix) -> Matrix {
    down(Elementwise.activation(up(x), activation))
  }
}

/// `down(f(gate(x)) · up(x))`: SwiGLU, GeGLU and their kin. https://arxiv.org/abs/2002.05202
package struct GatedMLP: RowMap {
  private let gate: Projection
  private let up: Projection
  private let down: Projection
  private let activation: Activation

  package init(
    gate: Weights, up: Weights, down: Weights, _ width: Int, _ inner: Int, _ activation: Activation,
    bias: Bool = false
  ) throws {
    self.gate = try Projection(gate, in: width, out: inner, bias: bias)
    self.up = try Projection(up, in: width, out: inner, bias: bias)
    self.down = try Projection(down, in: inner, out: width, bias: bias)
    self.activation = activation
  }

  /// With gate and up stored in one tensor, the gate's rows first.
  package init(
    stacked: Weights, down: Weights, _ width: Int, _ inner: Int, _ activation: Activation
  ) throws {
    (gate, up) = try Projection.halves(stacked, in: width, out: inner)
    self.down = try Projection(down, in: inner, out: width, bias: false)
    self.activation = activation
  }

  package func callAsFunction(_ x: Matrix) -> Matrix {
    switch activation {
    case .silu: down(Elementwise.siluTimes(gate(x), up(x)))
    default: down(Elementwise.times(Elementwise.activation(gate(x), activation), up(x)))
    }
  }
}

extension Activation {
  /// The activation that a configuration names as transformers does; another name is refused.
  package init(_ c: ConfigReader, _ key: String, default absent: String) throws {
    let names: [String: Activation] = [
      "gelu": .geluErf, "gelu_python": .geluErf, "gelu_new": .geluTanh, "gelu_fast": .geluTanh,
      "gelu_pytorch_tanh": .geluTanh, "quick_gelu": .quickGELU, "relu": .relu, "silu": .silu,
      "swish": .silu,
    ]
    let name = try c.string(key, default: absent)
    guard let activation = names[name] else {
      let supported = names.keys.sorted().joined(separator: ", ")
      throw ModelError.unsupported(
        key: c.name(key), found: name, supported: supported, file: c.file)
    }
    self = activation
  }
}
