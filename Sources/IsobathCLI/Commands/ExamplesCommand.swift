// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathJSON
import IsobathRecord
import IsobathReport

/// Prints a run's examples for `explain`: how `Scripts/regenerate` makes the command's own.
struct ExamplesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "examples", abstract: "Print a run's examples for 'explain' as JSON.",
    shouldDisplay: false)

  @Argument(help: "A folder that 'isobath survey' wrote.")
  var folder: String

  func run() throws {
    let data = try ReportData(
      try RunReader(folder: folder), threads: ProcessInfo.processInfo.activeProcessorCount)
    let texts = Examples(data).texts.sorted { $0.key < $1.key }
    Terminal.output(
      JSONValue.object(texts.map { ($0.key, .string($0.value)) }).serialized(pretty: true))
  }
}
