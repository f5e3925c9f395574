// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathForward
import IsobathJSON
import IsobathModel
import IsobathStudy
import IsobathText

/// What can be said of a checkpoint without loading it; a model that no family runs is described as far
/// as its files go, with the reason.
struct Inspection {
  /// One thing to know, for people and for programs.
  struct Fact {
    let name: String
    let text: String
    let json: JSONValue
  }

  let facts: [Fact]
  /// Why the model cannot be run; nil when it can.
  let obstacle: (any Error)?

  init(_ path: String, digests: Bool, tensors: Bool) throws {
    let checkpoint = try Checkpoint.open(path)
    var facts = [
      Fact("model", checkpoint.name),
      Fact("format", checkpoint.format.name),
    ]
    do {
      facts += try Inspection.facts(LoadedModel(Model(checkpoint)))
      obstacle = nil
    } catch {
      facts.append(Fact("not run", "\(error)"))
      obstacle = error
    }
    facts.append(Inspection.types(checkpoint))
    if !checkpoint.notes.isEmpty {
      facts.append(
        Fact(
          "left out", checkpoint.notes.joined(separator: "; "),
          .array(checkpoint.notes.map { .string($0) })))
    }
    facts.append(try Inspection.files(checkpoint, digests: digests))
    if tensors { facts.append(Inspection.tensors(checkpoint)) }
    self.facts = facts
  }

  private static func facts(_ loaded: LoadedModel) -> [Fact] {
    let (model, size) = (loaded.model, loaded.model.dimensions)
    return [
      Fact("family", model.family), Fact("blocks", size.blocks), Fact("width", size.width),
      Fact("vocabulary", size.vocabulary),
      Fact("context", "\(size.context) tokens", .int(size.context)),
      Fact(
        "parameters", "\(Numbers.millions(model.parameters)) (\(model.parameters))",
        .int(model.parameters)),
      Fact("sites", "\(model.sites.count), \(model.depthCurve.count) of them the depth curve"),
      tokenizer(loaded), memory(model),
    ]
  }

  /// A checkpoint without a tokenizer can still be run on token ids.
  private static func tokenizer(_ loaded: LoadedModel) -> Fact {
    do { return Fact("tokenizer", try loaded.tokenizer().summary) } catch {
      return Fact("tokenizer", "none that can be used: \(error)")
    }
  }

  /// What a survey of usual documents holds: with every block in memory, and block by block.
  private static func memory(_ model: Model) -> Fact {
    let tokens = min(512, model.dimensions.context)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let resident = MemoryPlan.peak(
      model.costs, model.dimensions, longest: tokens, threads: threads, .resident)
    let streaming = MemoryPlan.peak(
      model.costs, model.dimensions, longest: tokens, threads: threads, .streaming)
    return Fact(
      "memory",
      "\(ByteCount(resident)) for documents of \(tokens) tokens, or from \(ByteCount(streaming)) on "
        + "block by block; 'isobath plan' says more",
      .object([("resident", .int(resident)), ("streaming", .int(streaming))]))
  }

  private static func types(_ checkpoint: Checkpoint) -> Fact {
    let types = checkpoint.elementTypes
    return Fact(
      "stored as", types.map { "\($0.name) × \($0.tensors)" }.joined(separator: ", "),
      .object(types.map { ($0.name, .int($0.tensors)) }))
  }

  private static func files(_ checkpoint: Checkpoint, digests: Bool) throws -> Fact {
    let sums = digests ? try checkpoint.digests() : []
    let lines = checkpoint.files.enumerated().map { index, file in
      let name = URL(filePath: file.path).lastPathComponent
      return (name, file.bytes, digests ? sums[index] : nil)
    }
    return Fact(
      lines.count == 1 ? "file" : "files",
      lines.map { "\($0), \(ByteCount($1))\($2.map { ", \($0)" } ?? "")" }.joined(separator: "\n"),
      .array(
        lines.map { name, bytes, digest in
          .object(
            [("name", .string(name)), ("bytes", .int(bytes))]
              + (digest.map { [("sha256", .string($0))] } ?? []))
        }))
  }

  private static func tensors(_ checkpoint: Checkpoint) -> Fact {
    let tensors = checkpoint.source.tensors.values.sorted { $0.name < $1.name }
    return Fact(
      "tensors",
      tensors.map { "\($0.name)  \($0.type.name)  \($0.shape)" }.joined(separator: "\n"),
      .array(
        tensors.map {
          .object([
            ("name", .string($0.name)), ("type", .string($0.type.name)),
            ("shape", .array($0.shape.map { .int($0) })),
          ])
        }))
  }
}

extension Inspection.Fact {
  init(_ name: String, _ text: String, _ json: JSONValue? = nil) {
    self.init(name: name, text: text, json: json ?? .string(text))
  }

  init(_ name: String, _ number: Int) { self.init(name, "\(number)", .int(number)) }
}
