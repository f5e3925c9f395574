// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathReport
import IsobathTestSupport
import Testing

/// The committed report's page in a real browser: what readers with a pointer, with a keyboard alone,
/// at night, on a phone and on paper meet.
@Suite struct BrowserTests {
  /// What Tests/Browser/read_report.py prints.
  private struct Seen: Decodable {
    struct Look: Decodable, Equatable {
      let paper: String
      let ink: String
      let figure: String
      let pressed: String
    }

    struct Contrast: Decodable {
      let ratio: Double
      let text: String
      let count: Int
    }

    struct Pointer: Decodable {
      let near: [String]?
      let far: Bool
    }

    let light: Look
    let toggled: Look
    let back: Look
    let dark: Look
    let print: Look
    /// How contents, buttons and the like are displayed on paper.
    let printed: [String]
    let order: [String]
    /// Of each figure.
    let keys: [[[String]?]]
    let pointer: [Pointer]
    let contrast: [String: Contrast]
    let overflow: [String: Int]
    let requests: [String]
    let complaints: [String]
  }

  private static let page = Fixtures.root.appending(path: "Reports/offline/report.html")

  /// Once for all tests.
  private static let seen: Result<Seen, any Error> = Result {
    let folder = Fixtures.root.appending(path: "Tests/Browser")
    let outcome = try Python.run(
      [
        "read_report.py", page.path(percentEncoded: false), "figure-entropy-by-depth",
        "figure-renyi-by-layer",
      ]
        + (ProcessInfo.processInfo.environment["ISOBATH_PICTURES"].map { ["--pictures", $0] } ?? []),
      in: folder)
    guard outcome.status == 0 else { throw BrowserFailed(output: outcome.output) }
    return try JSONDecoder().decode(Seen.self, from: Data(outcome.output.utf8))
  }

  private struct BrowserFailed: Error, CustomStringConvertible {
    let output: String
    var description: String { "the page could not be read in a browser: \(output)" }
  }

  @Test func asksForNothingAndComplainsOfNothing() throws {
    let seen = try Self.seen.get()
    #expect(seen.requests == [])
    #expect(seen.complaints == [])
  }

  @Test func twoThemes() throws {
    let seen = try Self.seen.get()
    #expect(seen.light.paper == "rgb(255, 255, 255)" && seen.light.pressed == "false")
    #expect(seen.toggled == seen.dark && seen.back == seen.light && seen.dark != seen.light)
    #expect(seen.dark.pressed == "true")
    for look in [seen.light, seen.dark, seen.toggled] { #expect(look.figure == look.paper) }
    // Paper is light at night too.
    #expect(seen.print.paper == seen.light.paper && seen.print.ink == seen.light.ink)
    #expect(seen.printed.count == 7 && Set(seen.printed) == ["none"])
  }

  /// WCAG 2 asks 4.5 : 1 of text.
  @Test(arguments: ["light", "dark"])
  func contrast(theme: String) throws {
    let least = try #require(try Self.seen.get().contrast[theme])
    print("least contrast of text, \(theme): \(least.ratio) of '\(least.text)'")
    #expect(least.count > 1000)
    #expect(least.ratio >= 4.5, "'\(least.text)'")
  }

  @Test(arguments: ["320", "390", "768", "1280"])
  func fitsItsScreen(width: String) throws {
    #expect(try Self.seen.get().overflow[width] == 0)
  }

  @Test func everythingIsReachedWithTheKeyboard() throws {
    let order = try Self.seen.get().order
    #expect(order.first == "A skip" && order.dropFirst().first == "BUTTON theme")
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let figures = text.matches(of: /<title id="(figure-[a-z0-9-]+-title)">/).map { String($0.1) }
      .filter { !$0.hasSuffix("-narrow-title") }
    #expect(figures.count == 11)
    #expect(order.filter { $0.hasPrefix("figure ") } == figures.map { "figure \($0)" })
  }

  /// Arrow keys go along the series and to the next, and tell what the records say.
  @Test func valuesOfAFigure() throws {
    let seen = try Self.seen.get()
    let folder = Fixtures.root.appending(path: "Reports/offline/run").path(percentEncoded: false)
    let data = try ReportData(RunReader(folder: folder), threads: 2)
    func told(_ site: String, _ place: String, _ preparation: String) throws -> [String] {
      let row = try #require(
        data.answers.first {
          $0.analysis == "mean" && $0.measure == "entropy" && $0.site == site
            && $0.preparation == preparation
        })
      let numbers = try [row.estimate, row.low, row.high].map { number in
        // As many digits as the figure gives, which here are five in all, without ending zeros.
        var text = String(format: "%.4f", try #require(number))
        while text.hasSuffix("0") { text.removeLast() }
        return text
      }
      return [
        preparation == "paper" ? "all tokens" : "without the first", place,
        "Matrix entropy H: \(numbers[0]) nats", "interval: \(numbers[1]) to \(numbers[2]) nats",
      ]
    }
    let blocks = "Blocks passed (0 = embedding): "
    let zero = try told("residual.0", blocks + "0", "paper")
    let one = try told("residual.1", blocks + "1", "paper")
    let two = try told("residual.2", blocks + "2", "paper")
    let norm = try told("final-norm", "final norm", "paper")
    let other = try told("residual.0", blocks + "0", "paper-without-first")
    // Reached; right, right, left, end, right, home, down, up; escape.
    #expect(seen.keys[0] == [zero, one, two, one, norm, norm, zero, other, zero, nil])
    #expect(seen.pointer[0].near?.contains(blocks + "1") == true && seen.pointer[0].far)
  }

  /// In a heat map they go along the row and to the next row.
  @Test func valuesOfAMap() throws {
    let seen = try Self.seen.get()
    let folder = Fixtures.root.appending(path: "Reports/offline/run").path(percentEncoded: false)
    let data = try ReportData(RunReader(folder: folder), threads: 2)
    func told(_ site: String, _ place: String, _ order: Double, _ name: String) throws -> [String] {
      let row = try #require(
        data.answers.first {
          $0.analysis == "mean" && $0.measure == "renyi-entropy" && $0.site == site
            && $0.order == order && $0.preparation == "paper"
        })
      var text = String(format: "%.4f", try #require(row.estimate))
      while text.hasSuffix("0") { text.removeLast() }
      return [place, name, "Rényi entropy: \(text) nats"]
    }
    let blocks = "Blocks passed (0 = embedding): "
    let zero = try told("residual.0", blocks + "0", 0, "Rényi order α: 0")
    let one = try told("residual.1", blocks + "1", 0, "Rényi order α: 0")
    let two = try told("residual.2", blocks + "2", 0, "Rényi order α: 0")
    let norm = try told("final-norm", "final norm", 0, "Rényi order α: 0")
    let half = try told("residual.0", blocks + "0", 0.5, "Rényi order α: ½")
    #expect(seen.keys[1] == [zero, one, two, one, norm, norm, zero, half, zero, nil])
    #expect(seen.pointer[1].near == one && seen.pointer[1].far)
  }
}
