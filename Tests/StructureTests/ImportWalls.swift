// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

/// Who may import what: the walls of the design, read from the sources themselves.
@Suite struct ImportWalls {
  let sources = SourceTree.swiftFiles(under: "Sources")

  @Test func onlyLinearImportsDenseAlgebra() {
    expectOnly(["IsobathLinear"], toImport: ["COpenBLAS", "CLAPACKE"])
  }

  @Test func onlyStatisticsImportsGSL() {
    expectOnly(["IsobathStatistics"], toImport: ["CGSL"])
  }

  @Test func onlyTextImportsPCRE2() {
    expectOnly(["IsobathText"], toImport: ["CPCRE2"])
  }

  @Test func onlyTextImportsZlibAndZstd() {
    expectOnly(["IsobathText"], toImport: ["CZlib"])
    expectOnly(["IsobathText"], toImport: ["CZstd"])
  }

  /// Files are read below; programs are started by the command alone.
  @Test func onlyTheCommandStartsPrograms() {
    expectOnly(["IsobathCLI"], toImport: ["Subprocess"])
  }

  @Test func onlyTheHubImportsLibcurl() {
    expectOnly(["IsobathHub"], toImport: ["CCurl"])
    expect("IsobathHub", importsOfOurs: ["IsobathJSON"])
  }

  @Test func onlyImagesImportTheirCodecs() {
    expectOnly(["IsobathImage"], toImport: ["CImage"])
    expect("IsobathImage", importsOfOurs: ["IsobathJSON"])
  }

  @Test func onlyTheRunStoreImportsSQLite() {
    expectOnly(["IsobathRecord"], toImport: ["GRDB"])
  }

  /// Charts, Markdown and text know nothing of the domain; text reads JSON, which is ground.
  @Test func leavesImportNoSibling() {
    expect("IsobathChart", importsOfOurs: [])
    expect("IsobathMarkdown", importsOfOurs: [])
    expect("IsobathHTML", importsOfOurs: ["IsobathMarkdown"])
    expect("IsobathText", importsOfOurs: ["IsobathJSON"])
    expect("IsobathJSON", importsOfOurs: [])
  }

  /// A report is rebuilt from a run alone, on a machine without the weights.
  @Test func nothingThatTellsImportsWhatLooks() {
    let looking = ["IsobathForward", "IsobathModel", "IsobathCheckpoint", "IsobathText"]
    for target in ["IsobathReport", "IsobathNotebook", "IsobathAnalysis", "IsobathRecord"] {
      let imported = imports(of: target).intersection(looking)
      #expect(imported.isEmpty, "\(target) imports \(imported.sorted())")
    }
  }

  /// An import that the manifest does not declare builds only by accident.
  @Test func everyImportIsDeclared() throws {
    for (target, declared) in try Manifest.dependencies() {
      let ours = imports(of: target).intersection(try Manifest.targets())
      let undeclared = ours.subtracting(declared)
      #expect(undeclared.isEmpty, "\(target) imports \(undeclared.sorted()) without declaring it")
    }
  }

  private func imports(of target: String) -> Set<String> {
    Set(sources.filter { $0.target == target }.flatMap(\.imports))
  }

  private func expectOnly(_ allowed: Set<String>, toImport modules: Set<String>) {
    for file in sources where !allowed.contains(file.target) {
      let wrong = modules.intersection(file.imports)
      #expect(wrong.isEmpty, "\(file.path) imports \(wrong.sorted())")
    }
    #expect(
      sources.contains { allowed.contains($0.target) && !modules.isDisjoint(with: $0.imports) },
      "nobody imports \(modules.sorted()): this wall guards nothing")
  }

  private func expect(_ target: String, importsOfOurs allowed: Set<String>) {
    let ours = imports(of: target).filter { $0.hasPrefix("Isobath") }
    #expect(ours.subtracting(allowed).isEmpty, "\(target) imports \(ours.sorted())")
  }
}
