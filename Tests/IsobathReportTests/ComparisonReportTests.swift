// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathAnalysis
import IsobathRecord
import IsobathReport
import IsobathTestSupport
import Testing

/// The report of two runs: the committed run, and the same with spectra that were made steeper at
/// known depths.
@Suite struct ComparisonReportTests {
  private static let folder =
    Fixtures.root.appending(path: "Reports/offline/run").path(percentEncoded: false)
  /// After which blocks the second model's spectra are steeper.
  private static let changed = 3...5

  /// The committed run with p^1.2 for p at the changed depths.
  private static func steeper() throws -> RunReader {
    let run = try RunReader(folder: folder)
    var manifest = run.manifest
    manifest.subject.model = "steeper"
    manifest.inputs.files = manifest.inputs.files.map {
      RunInputs.File(name: $0.name, bytes: $0.bytes, digest: Digest(of: "steeper"))
    }
    let target = try Fixtures.temporaryFolder("steeper").path(percentEncoded: false)
    let writer = try RunWriter(folder: target, manifest: manifest, sites: run.sites)
    for page in run.pages() {
      let documents = try run.documents(page, parts: [.spectra])
      try writer.write(batch: documents.map { steeper($0, run.sites) })
    }
    try writer.close()
    return try RunReader(folder: target)
  }

  private static func steeper(_ document: DocumentRow, _ sites: [SiteRow]) -> DocumentRow {
    var document = document
    for index in document.spectra.indices {
      let site = sites[document.spectra[index].site]
      guard site.kind == "residual", changed.contains(site.number ?? -1),
        let values = document.spectra[index].eigenvalues.value
      else { continue }
      let powers = values.map { pow($0, 1.2) }
      let sum = powers.reduce(0, +)
      document.spectra[index].eigenvalues = .value(powers.map { $0 / sum })
    }
    return document
  }

  private static func compare(
    _ tuned: RunReader, _ kind: ComparisonKind? = nil,
    _ pairing: ComparisonOptions.Pairing = .paired
  ) throws -> ComparisonReport {
    let options = try ComparisonOptions(
      AnalysisOptions(seed: 1, resamples: 500, threads: 2), kind: kind, pairing: pairing)
    return try ComparisonReport(
      Comparison(bases: [RunReader(folder: folder)], tuned: tuned, options))
  }

  @Test func saysWhatChangedAndWhere() throws {
    let report = try Self.compare(try Self.steeper(), .tuned)
    #expect(
      report.finding.hasPrefix("Fine-tuning lowers the matrix entropy after blocks 3–5 of 8 by "))
    #expect(report.finding.contains("Each of these 3 sites stands with all 10 tested together"))
    let text = report.files[0].text
    // On the first screen, before any figure's data: the finding and the range.
    let screen = text.prefix(2000)
    #expect(screen.contains("after blocks 3–5"))
    #expect(screen.contains("effective rank ×"))
    for file in report.files where file.path.hasSuffix(".svg") {
      #expect(text.contains("](\(file.path))"), "\(file.path) is not in the report")
      #expect(file.text.contains("<title") && file.text.contains("<desc"))
      for forbidden in ["<script", "<style", "foreignObject", "<filter", "href=\"http"] {
        #expect(!file.text.contains(forbidden), "\(file.path) has \(forbidden)")
      }
    }
    let figures = Set(report.files.map(\.path))
    for name in ["change-by-depth", "both-curves", "effect-by-site", "change-by-order"] {
      #expect(figures.contains("figures/\(name).svg"), "no \(name)")
    }
  }

  @Test func aRunAgainstItselfHasNotChanged() throws {
    let report = try Self.compare(try RunReader(folder: Self.folder))
    #expect(report.finding.hasPrefix("No change: "))
    #expect(report.finding.contains("same to the last bit"))
    #expect(report.files[1].text.hasPrefix(Column.all.map(\.name).joined(separator: ",")))
  }

  @Test("words fit what the models are", arguments: ComparisonKind.allCases)
  func words(_ kind: ComparisonKind) throws {
    let report = try Self.compare(try Self.steeper(), kind)
    let act = [
      ComparisonKind.tuned: "Fine-tuning lowers", .quantised: "Quantisation lowers",
      .checkpoint: "Training between the checkpoints lowers", .untrained: "Training lowers",
      .models: "The step from the first model to the second lowers",
    ][kind]
    #expect(report.finding.hasPrefix(try #require(act)))
    let hasDiffERank = report.files.contains { $0.path == "figures/diff-erank.svg" }
    #expect(hasDiffERank == (kind == .untrained))
  }

  @Test func unpairedMeansAreNotTested() throws {
    let report = try Self.compare(try Self.steeper(), nil, .unpaired)
    #expect(report.finding.hasPrefix("Means over different documents, not paired and not tested"))
    #expect(!report.files[1].text.contains("difference-p"))
  }
}
