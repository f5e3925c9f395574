// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import IsobathLinear
import IsobathMeasure
import IsobathTestSupport
import Testing

/// The published codes' arithmetic against torch's, failures included.
@Suite struct CompatReferenceTests {
  /// A document and what torch makes of it.
  private struct Document {
    let name: String
    let states: Matrix
    let values: JSON
    var isReal = false
  }

  private let documents: [Document]

  init() throws {
    let root = try JSONDocument(Array(Fixtures.data("measures/compat.json"))).root
    let real = try RealStates()
    let scale = Float(try #require(root["scale"]?.int))
    let ofModel = try #require(root["real"]).elements.enumerated().map {
      Document(
        name: "real entry \($0.offset)", states: real[$0.offset], values: $0.element, isReal: true)
    }
    documents =
      try ofModel
      + #require(root["made"]).elements.map { made in
        let columns = try #require(made["columns"]?.int)
        let elements = try #require(made["elements"]).elements.compactMap(\.int)
        return try Document(
          name: #require(made["name"]?.string),
          states: Matrix(elements.count / columns, columns, elements.map { Float($0) / scale }),
          values: #require(made["values"]))
      }
  }

  /// What a value is compared as, its bound, and the unit that its error is measured in.
  private func comparison(
    _ code: any PublishedCode, _ document: Document
  ) -> (kind: String, bound: Double, unit: Double) {
    switch code.id {
    case "skean": ("skean", CompatTolerance.product, 1)
    case "rankme": ("rankme", CompatTolerance.rankMe, 1)
    case let id where document.isReal: ("\(id), real states", CompatTolerance.realEntropy, 1)
    case let id:
      (
        "\(id), per dimension", CompatTolerance.entropyPerDimension,
        Double(max(document.states.columns, 1))
      )
    }
  }

  @Test func everyValueIsTorchs() throws {
    var worst: [String: WorstError] = [:]
    for document in documents {
      var names: [String] = []
      for code in publishedCodes {
        let (kind, bound, unit) = comparison(code, document)
        let error = worst[kind] ?? WorstError(kind, tolerance: bound)
        worst[kind] = error
        for value in document.states.withView({ code($0) }) {
          let place = "\(document.name), \(value.name)"
          names.append(value.name)
          let wanted = try #require(document.values[value.name])
          switch value.published {
          case .success(let number):
            let known = try #require(wanted.double, "\(place): torch gives no number")
            error.record((number - known) / max(1, abs(known)) / unit, at: place)
          case .failure(.notANumber): #expect(wanted.string == "nan", "\(place)")
          case .failure(.raises(let exception)): #expect(wanted.string == exception, "\(place)")
          case .failure(.tooLarge): Issue.record("\(place): too large")
          }
        }
      }
      #expect(names.sorted() == document.values.members.map(\.key).sorted())
    }
    for error in worst.values { error.check() }
  }

  /// The corrected values are the catalog's, never NaN.
  @Test func correctedValuesAreTheCatalogs() throws {
    for document in documents {
      let spectrum = document.states.withView {
        DocumentEvidence($0, preparations: [.paper], positions: .none).prepared[0].spectrum
      }
      let found = document.states.withView { states in publishedCodes.flatMap { $0(states) } }
      for value in found {
        if case .success(let number) = value.corrected { #expect(number.isFinite, "\(value.name)") }
        guard let id = value.counterpart.split(separator: ",").first,
          value.counterpart.hasSuffix("'paper'"),
          let measure = measures.first(where: { $0.id == id })
        else { continue }
        switch (spectrum, value.corrected) {
        case (.success(let spectrum), .success(let number)):
          let known = try #require(measure(spectrum))
          #expect(abs(number - known) < Tolerance.entropies * max(1, abs(known)), "\(value.name)")
        case (.success(let spectrum), .failure(let reason)):
          #expect(measure(spectrum) == nil && reason == .tooFew, "\(value.name)")
        case (.failure(let reason), let corrected): #expect(corrected == .failure(reason))
        }
      }
    }
  }
}
