// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// `Σ gₑ expertₑ(x)` over the experts that a router chooses for each token, with
/// `g = softmax(router(x))` over the chosen ones. https://arxiv.org/abs/2401.04088
package struct MixtureOfExperts: RowMap {
  private let router: Projection
  private let chosen: Int
  private let experts: [any RowMap]

  /// - Parameters:
  ///   - router: the projection to one score per expert.
  ///   - chosen: how many experts a token goes to.
  ///   - experts: what they compute.
  ///   - width: features of the stream, d.
  package init(
    router: Weights, chosen: Int, experts: [any RowMap], _ width: Int
  ) throws {
    guard chosen <= experts.count else {
      throw ModelError.tooFewExperts(chosen: chosen, experts: experts.count)
    }
    self.router = try Projection(router, in: width, out: experts.count, bias: false)
    self.chosen = chosen
    self.experts = experts
  }

  package func callAsFunction(_ x: Matrix) -> Matrix {
    let routes = routes(router(x))
    var sum = Matrix(zeros: x.rows, x.columns)
    for (expert, route) in zip(experts, routes) where !route.rows.isEmpty {
      sum.addRows(expert(x.gathered(route.rows)), at: route.rows, weights: route.weights)
    }
    return sum
  }

  /// The tokens of an expert and how much each counts.
  private struct Route {
    var rows: [Int] = []
    var weights: [Float] = []
  }

  /// The experts' tokens: of each row of scores the largest, the first among equals.
  private func routes(_ scores: Matrix) -> [Route] {
    var routes = [Route](repeating: Route(), count: experts.count)
    for row in 0..<scores.rows {
      let order = experts.indices.sorted {
        (-scores[row, $0], $0) < (-scores[row, $1], $1)
      }.prefix(chosen)
      for (expert, weight) in zip(order, softmax(order.map { scores[row, $0] })) {
        routes[expert].rows.append(row)
        routes[expert].weights.append(weight)
      }
    }
    return routes
  }

  private func softmax(_ scores: [Float]) -> [Float] {
    var row = Matrix(1, scores.count, scores)
    row.withMutableView { Elementwise.softmax($0, row: 0, 0..<scores.count) }
    return row.elements
  }
}
