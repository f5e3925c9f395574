// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Testing

/// What the command says about itself.
@Suite(.timeLimit(.minutes(2)))
struct HelpTests {
  private static let subcommands = [
    "survey", "report", "compare", "export", "inspect", "plan", "fetch", "tokenize", "states",
    "list",
    "explain", "coverage", "doctor", "demo",
  ]

  @Test(arguments: subcommands)
  func helpOfEachSubcommandHasAnExample(subcommand: String) throws {
    let help = try Command.succeed([subcommand, "--help"])
    #expect(help.output.contains("Example"))
    #expect(help.output.contains("isobath \(subcommand)"))
    #expect(help.messages.isEmpty)
  }

  @Test func helpOfTheCommandHasAnExampleAndEverySubcommand() throws {
    let help = try Command.succeed(["--help"])
    for subcommand in HelpTests.subcommands {
      #expect(help.output.contains("\n  \(subcommand) "), "no \(subcommand)")
    }
    #expect(help.output.contains("Example"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completes(shell: String) throws {
    let script = try Command.succeed(["--generate-completion-script", shell])
    #expect(script.output.contains("survey"))
    #expect(script.messages.isEmpty)
  }

  @Test func saysItsVersion() throws {
    let version = try Command.succeed(["--version"]).output
    #expect(version.wholeMatch(of: /\d+\.\d+\.\d+.*\n/) != nil, "\(version)")
  }

  @Test(arguments: [
    "families", "sites", "measures", "analyses", "preparations", "formats", "presets",
  ])
  func lists(what: String) throws {
    #expect(try !Command.succeed(["list", what]).output.isEmpty)
  }

  @Test func explainsWhatItLists() throws {
    for what in ["measures", "analyses", "preparations", "presets"] {
      let lines = try Command.succeed(["list", what]).output.split(separator: "\n")
      for line in lines where !line.hasPrefix(" ") {
        guard let name = line.split(separator: " ").first else { continue }
        #expect(try !Command.succeed(["explain", String(name)]).output.isEmpty, "\(name)")
      }
    }
  }

  @Test func theMachineIsSound() throws {
    #expect(try Command.succeed(["doctor"]).output.contains("\nduckdb     "))
  }
}
