// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathStudy

/// The command: one file per subcommand, in the order in which a user meets them.
@main
struct IsobathCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "isobath",
    abstract: "See how a transformer's representations compress with depth.",
    usage: "isobath SUBCOMMAND …",
    discussion: """
      Examples: a first survey, from a checkpoint and a file of texts to a report:

        isobath demo                                      the whole path on a small model
        isobath inspect MODEL                             what a checkpoint is
        isobath survey MODEL --corpus texts.jsonl --output runs/mine
        isobath report runs/mine                          Markdown and figures
        isobath compare runs/base runs/mine               what changed between two models
        isobath stages runs/step-*                        what training did, step by step
        isobath study study.yaml                          models × corpora × questions, one report
        isobath export runs/mine --format notebook        pandas from here on

      MODEL is a folder with config.json and weights, a .gguf file, or the id of a model on the hub \
      (org/name, org/name@revision, org/name:file.gguf), which is read from the local cache and \
      fetched when it is not there.

      Exit codes: 0 done; 64 usage; 65 bad data; 66 missing input; 69 unavailable; 70 internal; \
      73 cannot create output; 74 input/output; 75 locked by another process; 78 configuration; \
      130 and 143 stopped by a signal.
      """,
    version: Version.current,
    subcommands: [
      SurveyCommand.self, ReportCommand.self, CompareCommand.self, ScaleCommand.self,
      StagesCommand.self, StudyCommand.self,
      ExportCommand.self, InspectCommand.self, PlanCommand.self, FetchCommand.self,
      TokenizeCommand.self, StatesCommand.self,
      ListCommand.self, ExplainCommand.self, CoverageCommand.self, DoctorCommand.self,
      DemoCommand.self, ExamplesCommand.self,
    ])

  static func main() async {
    // A reader that has gone (`| head`) is an error of the write, not a death.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch { end(error) }
  }

  /// One clear line on stderr and the exit code that the kind of error has.
  private static func end(_ error: any Error) -> Never {
    if let failure = Failure(error) {
      if !failure.message.isEmpty { Terminal.complain("isobath: \(failure.message)") }
      Foundation.exit(failure.code)
    }
    exit(withError: error)
  }
}
