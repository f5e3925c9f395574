// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathJSON
import IsobathLinear
import IsobathTestSupport
import Testing

@testable import IsobathModel
@testable import IsobathStudy

/// Every tensor of untrained models against how transformers begins it: untrained/laws.json.
@Suite struct UntrainedLawTests {
  /// A fresh model of transformers: a tiny checkpoint's configuration, perhaps with one text changed.
  struct Case: CustomTestStringConvertible, Sendable {
    let folder: String
    let change: [String]
    let tensors: JSON

    var testDescription: String { ([folder] + change.suffix(1)).joined(separator: ", ") }

    func model() throws -> Model {
      let path =
        change.isEmpty
        ? Fixtures.path("tiny/\(folder)") : try Fixtures.altered(folder, change[0], change[1])
      return try WeightOptions(untrained: 1).open(path)
    }
  }

  static let cases: [Case] = {
    do {
      return try JSONDocument([UInt8](Fixtures.data("untrained/laws.json"))).root.elements.map {
        Case(
          folder: try #require($0["folder"]?.string),
          change: $0["change"]?.elements.compactMap(\.string) ?? [],
          tensors: try #require($0["tensors"]))
      }
    } catch {
      Issue.record(error)
      return []
    }
  }()

  /// A tensor's values, row by row.
  private func values(_ model: Model, _ name: String, _ shape: [Int]) throws -> [[Float]] {
    if shape.count == 1 { return [try model.weights.vector(name, shape[0])] }
    let matrix = try model.weights.matrix(name, shape[0], shape[1])
    return (0..<shape[0]).map { row in (0..<shape[1]).map { matrix[row, $0] } }
  }

  /// Zeros and ones exactly, and the row of the padding token; means and standard deviations within
  /// five standard errors, tensor by tensor and over all of a model. Both samples have the error.
  @Test(arguments: cases) func everyTensorBeginsSo(_ fresh: Case) throws {
    let model = try fresh.model()
    var (sum, total) = (0.0, 0.0)
    for (name, wanted) in fresh.tensors.members where !name.hasPrefix("cls.") {
      let shape = try #require(wanted["shape"]).elements.compactMap(\.int)
      var rows = try values(model, name, shape)
      let zero = rows.indices.filter { row in rows[row].allSatisfy { $0 == 0 } }
      switch wanted["law"]?.string {
      case "zeros": #expect(zero == Array(rows.indices), "\(name)")
      case "ones": #expect(rows.allSatisfy { $0.allSatisfy { $0 == 1 } }, "\(name)")
      default:
        #expect(zero == (wanted["zero_row"]?.int).map { [$0] } ?? [], "\(name)")
        for row in zero.reversed() { rows.remove(at: row) }
        let deviation = try #require(wanted["deviation"]?.double)
        let found = moments(rows)
        let count = Double(rows.count * rows[0].count)
        let ratio = log(found.deviation / deviation)
        #expect(abs(ratio) < 5 / count.squareRoot(), "\(name): \(found.deviation), \(deviation)")
        #expect(abs(found.mean) < 5 * deviation / count.squareRoot(), "\(name): \(found.mean)")
        sum += count * ratio
        total += count
      }
    }
    // The variance of ln(s₁/s₂) is 1/n; weighted by n, that of the mean is 1/Σn.
    #expect(total > 10_000)
    #expect(abs(sum / total) < 5 / total.squareRoot())
  }

  private func moments(_ rows: [[Float]]) -> (mean: Double, deviation: Double) {
    let all = rows.joined().map(Double.init)
    let mean = all.reduce(0, +) / Double(all.count)
    let squares = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(all.count)).squareRoot())
  }

  /// Vision encoders, which no survey runs untrained.
  private static let without: Set = ["clip", "siglip", "vit"]

  /// A family of text without rules cannot be added: every one has them, a fresh model of transformers that
  /// they are held to, and its line in the manual.
  @Test func everyFamilyHasRules() throws {
    let tested = try Set(Self.cases.map { try $0.model().family })
    let manual = String(
      decoding: try Fixtures.data("../../Sources/Isobath/Isobath.docc/Untrained.md"), as: UTF8.self)
    for family in families {
      if Self.without.contains(family.name) {
        #expect(family.modelTypes.allSatisfy { family.initialisation(of: $0) == nil })
        continue
      }
      #expect(tested.contains(family.name), "\(family.name) has no case")
      for type in family.modelTypes {
        guard let rules = family.initialisation(of: type) else {
          Issue.record("\(type) has no rules")
          continue
        }
        #expect(manual.contains("| `\(type)` | \(rules) |"), "| `\(type)` | \(rules) |")
      }
    }
  }
}
