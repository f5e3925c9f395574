// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Testing

/// Survey, export and report over a small corpus, as in the manual's first pages.
@Suite(.timeLimit(.minutes(5)))
struct SurveyTests {
  /// Nine ordinary texts, then an empty one, one of a single token, and one of equal letters.
  private static let texts =
    Texts.documents(9, words: 10) + ["", "x", String(repeating: "a", count: 16)]

  private let work: URL
  private let corpus: String
  private let model: TinyModel

  init() throws {
    work = try Fixtures.temporaryFolder("isobath-survey")
    corpus = try Texts.write(SurveyTests.texts, in: work)
    model = try TinyModel(in: work)
  }

  private func survey(_ extra: String...) throws -> Command.Outcome {
    try Command.succeed(
      ["survey", model.path, "--corpus", corpus, "--output", "run"] + extra, in: work)
  }

  @Test func saysDataOnStdoutAndTheRestOnStderr() throws {
    let outcome = try survey()
    #expect(outcome.output.hasPrefix("entropy through depth"))
    #expect(outcome.output.contains("final-norm"))
    for word in ["note:", "next:", "documents/", "tokens/s"] {
      #expect(!outcome.output.contains(word))
    }
    #expect(outcome.messages.contains("12 documents"))
    #expect(outcome.messages.contains("next: isobath report run"))
    let quiet = try Command.succeed(
      ["survey", model.path, "--corpus", corpus, "--output", "quiet", "--quiet"], in: work)
    #expect(quiet.messages.isEmpty)
    #expect(quiet.output == outcome.output)
  }

  /// The columns of a row that a mask which leaves nothing out must not change.
  private func values(_ preparation: String) throws -> [String] {
    let csv = try Command.succeed(["export", "run", "--format", "csv"], in: work).output
    let lines = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let place = try #require(lines.first?.firstIndex(of: "preparation"))
    let kept = lines.filter { $0.count > place && $0[place] == preparation }
    return kept.map { line in
      line.enumerated().filter { $0.offset != place }.map { String($0.element) }.joined(
        separator: ",")
    }
  }

  /// No token of these texts is special, so that mask changes nothing.
  @Test func aMaskThatLeavesNothingOutChangesNothing() throws {
    _ = try survey(
      "--preparation", "paper,paper-without-special,raw,raw-without-special", "--positions", "none",
      "--no-contributions")
    for name in ["paper", "raw"] {
      let plain = try values(name)
      #expect(plain.count > 100)
      #expect(try values(name + "-without-special") == plain)
    }
  }

  @Test func printsTheOutcomeAsJSON() throws {
    let outcome = try survey("--json")
    let root = try JSONDocument(Array(outcome.output.utf8)).root
    #expect(root["documents"]?.int == 12)
    #expect(root["folder"]?.string == "run")
    #expect(root["tokens"]?.int ?? 0 > 0)
    #expect(root["run"]?.string?.isEmpty == false)
  }

  @Test func exportsMissingValuesWithTheirReasons() throws {
    _ = try survey()
    let csv = try Command.succeed(["export", "run", "--format", "csv"], in: work)
    #expect(csv.messages.isEmpty)
    let lines = csv.output.split(separator: "\n")
    let columns = try #require(lines.first).split(separator: ",").map(String.init)
    let column = try ["document", "estimate", "note"].map {
      try #require(columns.firstIndex(of: $0))
    }
    var missing: [String: Int] = [:]
    for line in lines.dropFirst() where !line.contains("\"") {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      #expect(cells.count == columns.count, "\(line)")
      if cells[column[1]].isEmpty {
        missing[cells[column[0]], default: 0] += 1
        #expect(!cells[column[2]].isEmpty, "no value and no reason: \(line)")
      } else {
        let value = try #require(Double(cells[column[1]]), "\(line)")
        #expect(value.isFinite, "\(line)")
      }
    }
    // Of the empty text nothing has a value, of the text of one token most has none.
    #expect(missing["line-10", default: 0] > 0)
    #expect(missing["line-11", default: 0] > 0)
    #expect(csv.output.contains("line-12"))
    #expect(!csv.output.lowercased().contains("nan"))

    let json = try Command.succeed(["export", "run", "--format", "json"], in: work)
    let root = try JSONDocument(Array(json.output.utf8)).root
    #expect(root.kind == .array || root.kind == .object)
    let means = try Command.succeed(
      ["export", "run", "--format", "csv", "--what", "means", "--output", "means.csv"], in: work)
    #expect(means.output.isEmpty)
    let file = String(
      decoding: try Data(contentsOf: work.appending(path: "means.csv")), as: UTF8.self)
    #expect(file.contains("entropy"))
  }

  @Test func exportsRowsThatTwoCallsAgreeOn() throws {
    _ = try survey()
    let first = try Command.succeed(["export", "run", "--format", "csv"], in: work)
    // The survey of a run that is complete does nothing, and says so with the same data.
    let again = try survey()
    #expect(again.output.hasPrefix("entropy through depth"))
    let second = try Command.succeed(["export", "run", "--format", "csv"], in: work)
    #expect(first.output == second.output)
  }

  @Test func reportsWithFigures() throws {
    _ = try survey()
    let outcome = try Command.succeed(
      ["report", "run", "--output", "report", "--resamples", "200"], in: work)
    #expect(outcome.output.split(separator: "\n").count == 1)
    #expect(outcome.messages.contains("report/README.md"))
    let report = work.appending(path: "report")
    let text = String(
      decoding: try Data(contentsOf: report.appending(path: "README.md")), as: UTF8.self)
    #expect(text.hasPrefix("# "))
    let figures = try FileManager.default.contentsOfDirectory(
      atPath: report.appending(path: "figures").text)
    #expect(figures.count >= 5)
    for name in [
      "entropy-by-depth", "renyi-by-layer", "position-by-layer", "spread-by-layer",
      "spectra-by-depth",
    ] {
      #expect(figures.contains("\(name).svg"), "no \(name)")
    }
    for name in figures {
      let figure = String(
        decoding: try Data(contentsOf: report.appending(path: "figures/\(name)")), as: UTF8.self)
      #expect(figure.contains("<svg") && figure.contains("</svg>"), "\(name)")
      #expect(text.contains("figures/\(name)"), "README.md does not show \(name)")
    }
    #expect(outcome.messages.contains("report.html"))
    let page = String(
      decoding: try Data(contentsOf: report.appending(path: "report.html")), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    for name in figures {
      #expect(page.contains("id=\"figure-\(name.dropLast(4))-title\""), "no \(name)")
    }
  }

  @Test(arguments: [
    ["report", "run", "--output", "report", "--resamples", "1"],
    ["report", "run", "--output", "report", "--level", "1.5"],
    ["report", "run", "run", "--output", "report"],
    ["export", "run", "--format", "csv", "--orders", "nan"],
    ["export", "run", "--format", "xlsx"],
  ])
  func refusesTheOption(call: [String]) throws {
    _ = try survey()
    let outcome = try Command.run(call, in: work)
    #expect(!outcome.endedBySignal && outcome.status == 64, "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
    let isUsage = outcome.messages.hasPrefix("Error: ")
    #expect(isUsage || outcome.messageLines.count == 1, "\(outcome.messages)")
    #expect(isUsage || outcome.messages.hasPrefix("isobath: "), "\(outcome.messages)")
    #expect(!FileManager.default.fileExists(atPath: work.appending(path: "report").text))
  }

  @Test func writesANotebook() throws {
    _ = try survey()
    _ = try Command.succeed(
      ["export", "run", "--format", "notebook", "--output", "notebook"], in: work)
    let files = try FileManager.default.contentsOfDirectory(
      atPath: work.appending(path: "notebook").text)
    let notebook = try #require(files.first { $0.hasSuffix(".ipynb") })
    let bytes = try Data(contentsOf: work.appending(path: "notebook/\(notebook)"))
    #expect(try JSONDocument(Array(bytes)).root["nbformat"]?.int == 4)
  }
}
