// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathJSON
import IsobathRecord
import IsobathStatistics

struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Simulate how often each interval holds the truth, and each test rejects it.",
    discussion: """
      Examples:
        isobath coverage --output Reports/coverage/README.md   the committed table, some minutes
        isobath coverage --group means --share 0.1             one table, a tenth of the samples

      Every sample has a random stream of its own: the same seed gives the same table on any machine.
      """)

  @Option(help: "One table alone: \(CoverageStudy.groups.map(\.id).joined(separator: ", ")).")
  var group: String?
  @Option(help: "The share of the full table's samples, above 0 and at most 1.")
  var share = 1.0
  @Option(help: "Seed of every random stream.")
  var seed: UInt64 = 2024
  @Option(name: .shortAndLong, help: "A file to write instead of stdout.")
  var output: String?
  @OptionGroup(title: "Resources") var resources: ThreadOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard share > 0, share <= 1 else {
      throw ValidationError("--share takes a number above 0 and at most 1, not \(share)")
    }
    let known = CoverageStudy.groups.map(\.id)
    if let group, !known.contains(group) {
      throw ValidationError("'\(group)' is not a table\(Suggestion.text(for: group, among: known))")
    }
  }

  func run() throws {
    let study = CoverageStudy(seed: seed, threads: resources.threads)
    let groups = CoverageStudy.groups.filter { group == nil || $0.id == group }
    let bar = ProgressBar(total: groups.count, unit: "tables", terminal: speech.terminal)
    var tables: [(group: CoverageGroup, rows: [CoverageRow])] = []
    for group in groups {
      tables.append((group, study.rows(of: group, share: share)))
      bar.update(Double(tables.count))
    }
    bar.finish()
    let text = CoverageReport(study, tables).markdown
    guard let output else {
      Terminal.output(text)
      return
    }
    try AtomicFile.write(text, to: output)
    speech.terminal.say("wrote \(output)")
  }
}
