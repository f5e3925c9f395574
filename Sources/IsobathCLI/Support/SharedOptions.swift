// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathJSON
import IsobathMeasure

/// What every subcommand that talks understands.
struct SpeechOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Say nothing but errors on stderr.")
  var quiet = false

  var terminal: Terminal { Terminal(quiet: quiet) }
}

/// How many cores a command may take.
struct ThreadOptions: ParsableArguments {
  @Option(help: "Threads (default: all cores).")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard (1...1024).contains(threads) else {
      throw ValidationError("--threads takes a number from 1 to 1024, not \(threads)")
    }
  }
}

/// How much of the machine a survey may take.
struct ResourceOptions: ParsableArguments {
  @Option(help: "Memory budget, such as 8GiB (default: 80 % of what is available).")
  var memory: ByteCount?
  @OptionGroup var cores: ThreadOptions

  var threads: Int { cores.threads }

  var budget: Int { memory?.bytes ?? Machine.availableMemory * 4 / 5 }
}

/// What is measured, and where.
struct MeasureOptions: ParsableArguments {
  @Option(help: "Sites: default (the depth curve), all, or a list such as residual.0,final-norm.")
  var sites = "default"

  @Option(help: "Preparations, such as paper,raw; see 'isobath list preparations'.")
  var preparation = Preparation.paper.id

  @Option(help: "Rényi orders, such as 0,0.5,1,2,4,inf.")
  var orders = "0,0.5,1,2,4,inf"

  @Option(help: "Prefix lengths of which the entropy is taken: log, all or none.")
  var positions: PositionPolicy = .log

  @Option(help: "Seed of every random stream.")
  var seed: UInt64 = 1

  func preparations() throws -> [Preparation] {
    try preparation.split(separator: ",", omittingEmptySubsequences: false).map { name in
      let name = name.trimmingCharacters(in: .whitespaces)
      guard let found = Preparation(id: name) else {
        let known = Preparation.all.map(\.id)
        throw ValidationError(
          "'\(name)' is not a preparation\(Suggestion.text(for: name, among: known))")
      }
      return found
    }
  }

  func orderList() throws -> [Double] {
    let orders = try self.orders.split(separator: ",").map { text in
      let text = text.trimmingCharacters(in: .whitespaces)
      let order = ["inf", "∞"].contains(text) ? Double.infinity : Double(text)
      guard let order, order >= 0 else {
        throw ValidationError("'\(text)' is not a Rényi order: a number from 0 on, or inf")
      }
      return order
    }
    guard !orders.isEmpty else { throw ValidationError("--orders needs at least one order") }
    return Set(orders).sorted()
  }
}

extension PositionPolicy: ExpressibleByArgument {}
