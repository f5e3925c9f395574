// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathForward
import IsobathLinear
import IsobathModel
import IsobathRecord
import IsobathText

/// Writes down what a survey is: its inputs, their names, and this session.
struct SurveyManifest {
  let options: SurveyOptions
  let loaded: LoadedModel
  let tokenizer: Tokenizer
  let corpus: PreparedCorpus
  let sites: [Site]

  func manifest(
    digests: [String], plan: MemoryPlan, now: String
  ) throws -> RunManifest {
    RunManifest(
      inputs: try inputs(digests), subject: subject, sessions: [session(plan, now)])
  }

  private func inputs(_ digests: [String]) throws -> RunInputs {
    let checkpoint = loaded.checkpoint
    var files: [RunInputs.File] = []
    for (file, hex) in zip(checkpoint.files, digests) {
      guard let digest = Digest(hex: hex) else {
        preconditionFailure("SHA-256 spelled \(hex)")
      }
      let name = URL(filePath: file.path).lastPathComponent
      files.append(RunInputs.File(name: name, bytes: file.bytes, digest: digest))
    }
    return RunInputs(
      family: loaded.model.family, files: files,
      configuration: Digest(of: checkpoint.configurationText),
      tokenizer: Digest(ofTokens: corpus.entries.flatMap(\.ids)), documents: corpus.entries.count,
      corpus: corpus.digest,
      options: options.settings(sites: sites.map(\.description), limit: corpus.limit),
      code: Version.numbers)
  }

  private var subject: RunSubject {
    let size = loaded.model.dimensions
    let types = loaded.elementTypes.map { "\($0.name) (\($0.tensors) tensors)" }
    return RunSubject(
      model: loaded.name, revision: loaded.revision,
      corpus: options.corpus.name,
      blocks: size.blocks, width: size.width,
      details: [
        Setting("format", SettingValue(loaded.checkpoint.format.name)),
        Setting("element-types", SettingValue(types.joined(separator: ", "))),
        Setting("parameters", SettingValue(loaded.model.parameters)),
        Setting("parameters-non-embedding", SettingValue(loaded.model.nonEmbeddingParameters)),
        Setting("vocabulary", SettingValue(size.vocabulary)),
        Setting("context", SettingValue(size.context)),
        Setting("attention", SettingValue(loaded.model.isCausal ? "causal" : "in both directions")),
        Setting("tokenizer", SettingValue(tokenizer.summary)),
        Setting("tokens", SettingValue(corpus.tokens)),
        Setting("corpus-notes", .list(corpus.notes.map { SettingValue($0) })),
      ])
  }

  private func session(_ plan: MemoryPlan, _ now: String) -> RunSession {
    let system = ProcessInfo.processInfo
    return RunSession(
      started: now, isobath: Version.current,
      details: [
        Setting("openblas", SettingValue(BLAS.configuration)),
        Setting("threads", SettingValue(options.threads)),
        Setting("system", SettingValue(system.operatingSystemVersionString)),
        Setting("weights", SettingValue(plan.residency.rawValue)),
        Setting("batch-tokens", SettingValue(plan.batchTokens)),
        Setting("memory-budget", SettingValue(options.memory)),
      ])
  }
}
