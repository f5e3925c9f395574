// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathCheckpoint
import IsobathHub
import IsobathStudy

/// The MODEL of a subcommand: a path that exists, or the id of a model on the hub.
struct ModelArgument: ParsableArguments {
  @Argument(
    help: """
      A folder with config.json and weights, a .gguf file, or a hub id \
      (org/name[@revision][:file.gguf]).
      """)
  var model: String

  @Option(help: "The revision of a hub id: a branch, a tag or a commit (default: main).")
  var revision: String?

  @Flag(help: "Take a hub id from the local cache only.")
  var offline = false

  /// Whether something is at the path: that always comes before an id.
  var isPath: Bool { FileManager.default.fileExists(atPath: model) }

  /// The model's name without folders, organisation and `.gguf`, for the name of a run.
  var shortName: String { Checkpoint.name(of: model) }

  /// The model's folder or file on this machine, fetched when it is an id that the cache lacks.
  func path(_ terminal: Terminal) throws -> String {
    if isPath {
      guard revision == nil else {
        throw Failure.Stop(
          message: "'\(model)' is a path, and --revision belongs to a hub id; leave it out",
          code: .usage)
      }
      return model
    }
    let id = try HubID(model, revision: revision)
    let client = try Hub.client()
    do throws(HubError) {
      switch try client.cache.find(id) {
      case .complete(let snapshot): return snapshot.path
      case .missing where offline || client.environment.isOffline:
        return try client.locate(id, isOffline: true).path
      case .missing: break
      }
    } catch {
      throw unlessMistyped(error)
    }
    do { return try Hub(client: client, terminal: terminal).fetch(id).path } catch let error
      as HubError
    {
      throw unlessMistyped(error)
    }
  }

  /// Where there is no such model, a path may have been meant.
  private func unlessMistyped(_ error: HubError) -> any Error {
    switch error {
    case .offline, .denied, .noModel, .network:
      Failure.Stop(
        message: "nothing is at the path '\(model)', and as a hub id: \(error)",
        code: Failure.code(error))
    default: error
    }
  }
}
