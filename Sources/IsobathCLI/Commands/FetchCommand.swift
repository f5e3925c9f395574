// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathHub
import IsobathJSON

struct FetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Bring a model from the hub into the local cache.",
    discussion: """
      Examples:
        isobath fetch HuggingFaceTB/SmolLM2-135M      what main is now
        isobath fetch org/name --revision v1.0        a branch, a tag or a commit
        isobath fetch org/name@refs/pr/3 --dry-run    which files, and how large
        isobath fetch org/name-GGUF:name-Q8.gguf      one file of several

      The cache is the one of Python's client: what either brings, both find. Files are checked \
      against the hub's digests. Prints the model's folder. A private or gated model needs a token in \
      HF_TOKEN; on a machine without a network, set HF_HUB_OFFLINE=1 and copy the cache there.
      """)

  @Argument(help: "A hub id: org/name[@revision][:file.gguf].")
  var model: String
  @Option(help: "A branch, a tag or a commit (default: main).")
  var revision: String?
  @Flag(help: "Print JSON.")
  var json = false
  @Flag(help: "Say what would be fetched, and fetch nothing.")
  var dryRun = false
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    let id = try HubID(model, revision: revision)
    let client = try Hub.client()
    if dryRun {
      tell(try client.plan(id))
      return
    }
    let snapshot =
      client.environment.isOffline
      ? try client.locate(id) : try Hub(client: client, terminal: speech.terminal).fetch(id)
    guard json else {
      Terminal.output(snapshot.path)
      return
    }
    Terminal.output(
      JSONValue.object([
        ("id", .string("\(id)")), ("commit", .string(snapshot.commit)),
        ("path", .string(snapshot.path)),
      ]).serialized(pretty: true))
  }

  private func tell(_ plan: HubPlan) {
    guard json else {
      let width = plan.files.map(\.name.count).max() ?? 0
      for file in plan.files {
        let gap = String(repeating: " ", count: width - file.name.count + 2)
        let size = Numbers.padded(Hub.size(file.bytes), 12)
        Terminal.output(
          Terminal.printable(file.name) + gap + size + (file.isThere ? "  in the cache" : ""))
      }
      speech.terminal.say(
        "\(plan.id.name) at \(plan.snapshot.commit): \(plan.files.count) files, "
          + "\(Hub.size(plan.bytes)), \(Hub.size(plan.missingBytes)) to get")
      return
    }
    let files = plan.files.map { file in
      JSONValue.object([
        ("name", .string(file.name)), ("bytes", .int(file.bytes)), ("cached", .bool(file.isThere)),
      ])
    }
    Terminal.output(
      JSONValue.object([
        ("id", .string("\(plan.id)")), ("commit", .string(plan.snapshot.commit)),
        ("path", .string(plan.snapshot.path)), ("bytes", .int(plan.bytes)),
        ("missing_bytes", .int(plan.missingBytes)), ("files", .array(files)),
      ]).serialized(pretty: true))
  }
}
