// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

@testable import IsobathChart

/// The values of a figure as a page's script reads them.
struct FigureData: Decodable {
  struct Panel: Decodable {
    let x: [String]
    let y: [String]
    let series: [Series]
    let cells: Cells?
  }

  struct Series: Decodable {
    let name: String
    let flat: Bool?
    let points: [[Part]]
  }

  struct Cells: Decodable {
    let columns: [[Part]]
    let rows: [[Part]]
    let around: [String]
    let values: [[String?]]
  }

  /// A number, a text, or a list of whole lines.
  enum Part: Decodable, Equatable {
    case number(Double)
    case text(String)
    case lines([String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try Part.read(Double.self, container) {
        self = .number(number)
      } else if let text = try Part.read(String.self, container) {
        self = .text(text)
      } else {
        self = .lines(try container.decode([String].self))
      }
    }

    private static func read<T: Decodable>(
      _ type: T.Type, _ container: any SingleValueDecodingContainer
    ) throws -> T? {
      do { return try container.decode(type) } catch DecodingError.typeMismatch { return nil }
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }
  }

  let w: Double
  let h: Double
  let panels: [Panel]

  init(_ chart: Chart) throws {
    let json = chart.interactive(id: "a").values
    self = try JSONDecoder().decode(FigureData.self, from: Data(json.utf8))
  }
}
