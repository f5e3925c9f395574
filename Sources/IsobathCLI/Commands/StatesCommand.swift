// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathCheckpoint
import IsobathForward
import IsobathJSON
import IsobathLinear
import IsobathModel
import IsobathStudy

struct StatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "states",
    abstract: "Write hidden states of token ids to a safetensors file, to check us by.",
    discussion: """
      Examples:
        isobath states MODEL --ids ids.json --sites all --output states.safetensors
        isobath states MODEL --ids ids.json --sites residual.0,final-norm --output two.safetensors
        isobath states MODEL --ids ids.json --untrained 7 --output before-training.safetensors

      IDS.json is an array of arrays of token ids. Each document and site gives one float32 tensor \
      doc.<i>.<site> of tokens × width.
      """)

  @OptionGroup var model: ModelArgument
  @Option(help: "A JSON array of arrays of token ids.")
  var ids: String
  @Option(help: "Sites: default (the depth curve), all, or a list such as residual.0,final-norm.")
  var sites = "default"
  @Option(help: "The safetensors file to write.")
  var output: String
  @OptionGroup(title: "Other weights") var weights: WeightArguments
  @OptionGroup(title: "Resources") var resources: ResourceOptions
  @OptionGroup var speech: SpeechOptions

  func run() throws {
    Workers.use(resources.threads)
    let documents = try IDFile.read(ids)
    let model = try weights.options.open(try model.path(speech.terminal))
    let sites = try SiteSelection.parse(sites, of: model)
    let plan = try MemoryPlan(
      costs: model.costs, dimensions: model.dimensions,
      longest: documents.map(\.ids.count).max() ?? 0, budget: resources.budget,
      threads: resources.threads)
    let tensors = documents.indices.flatMap { index in
      sites.map { site in
        (name: "doc.\(index).\(site)", shape: [documents[index].ids.count, model.width(at: site)])
      }
    }
    let writer = try SafetensorsWriter(output, tensors: tensors)
    do {
      try write(documents, sites, model, plan, writer)
      try writer.finish()
    } catch {
      writer.abandon()
      throw error
    }
    speech.terminal.say("\(tensors.count) tensors in \(output)")
  }

  private func write(
    _ documents: [TokenizedDocument], _ sites: [Site], _ model: Model, _ plan: MemoryPlan,
    _ writer: SafetensorsWriter
  ) throws {
    let pass = ForwardPass(model, residency: plan.residency)
    let keep = Hook.observe(sites) { site, document, states in
      let view = states.view
      let elements = UnsafeBufferPointer(start: view.pointer, count: view.rows * view.columns)
      try writer.write("doc.\(document.index).\(site)", elements)
    }
    let bar = ProgressBar(total: documents.count, unit: "documents", terminal: speech.terminal)
    for batch in plan.batches(lengths: documents.map(\.ids.count)) {
      try pass(Array(documents[batch]), firstIndex: batch.lowerBound, hooks: [keep]) { block in
        let share = Double(block) / Double(model.dimensions.blocks)
        bar.update(Double(batch.lowerBound) + share * Double(batch.count))
      }
    }
    bar.finish()
  }
}

/// A JSON array of arrays of token ids.
enum IDFile {
  static func read(_ path: String) throws -> [TokenizedDocument] {
    let root = try JSONInput.read(path).root
    let wrong = Failure.Stop(
      message: "\(path): not an array of arrays of token ids, such as [[1, 2, 3]]", code: .data)
    guard root.kind == .array, root.count > 0 else { throw wrong }
    return try root.elements.enumerated().map { index, row in
      let ids = row.elements.compactMap(\.int).compactMap { Int32(exactly: $0) }
      guard row.kind == .array, ids.count == row.count else { throw wrong }
      return TokenizedDocument(name: "\(index)", ids: ids)
    }
  }
}

/// JSON that the user gives on the command line.
enum JSONInput {
  static func read(_ path: String) throws -> JSONDocument {
    let bytes: [UInt8]
    do { bytes = Array(try Data(contentsOf: URL(filePath: path))) } catch {
      throw Failure.Stop(
        message: "\(path): cannot be read: \(error.localizedDescription)", code: .noInput)
    }
    do throws(JSONError) { return try JSONDocument(bytes) } catch {
      throw Failure.Stop(message: "\(path): not valid JSON: \(error)", code: .data)
    }
  }
}
