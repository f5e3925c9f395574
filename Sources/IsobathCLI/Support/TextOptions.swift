// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathJSON
import IsobathText

/// Which texts are surveyed.
struct TextOptions: ParsableArguments {
  @Option(
    help: """
      Texts: .jsonl (one object a line), .json (an array, or one object a line), .txt (one text a \
      line), .csv or .tsv with a header, each also as .gz or .zst, or .parquet (with duckdb). \
      Given again, the files follow each other. With --preset, a folder stands for its files.
      """)
  var corpus: [String]

  @Option(
    help: """
      A paper's rules for its data set, from 'isobath list presets'; --field, --sample, \
      --sample-seed and --max-tokens override it.
      """)
  var preset: String?

  @Option(help: "The field of the text (default: text, content, document, context or body).")
  var field: String?

  @Option(help: "Draw N documents as Python's random.sample does, in the order drawn.")
  var sample: Int?

  @Option(help: "The seed of --sample, as for Python's random.seed (default: 123).")
  var sampleSeed: UInt64?

  @Option(help: "Use the first N documents, of those drawn when there is a sample.")
  var limit: Int?

  @Option(help: "Cut documents to N tokens (default: the model's positions).")
  var maxTokens: Int?

  @Option(help: "What happens to longer documents: truncate, skip or fail.")
  var long: LengthPolicy.Overflow = .truncate

  @Option(help: "What happens at a line that is no document: fail or skip.")
  var onError: CorpusOptions.OnError = .fail

  func validate() throws {
    for (name, value) in [
      ("--limit", limit), ("--max-tokens", maxTokens), ("--sample", sample),
    ] {
      if let value, value < 1 { throw ValidationError("\(name) takes a positive number") }
    }
    if let preset, chosen == nil {
      let known = presets.map(\.id)
      throw ValidationError(
        "'\(preset)' is not a preset\(Suggestion.text(for: preset, among: known))")
    }
    if sampleSeed != nil, sample == nil, chosen?.sample == nil {
      throw ValidationError("--sample-seed belongs to --sample N; say how many are drawn")
    }
  }

  private var chosen: CorpusPreset? { presets.first { $0.id == preset } }

  /// The preset's rules, overridden by what was asked for.
  func options() throws -> CorpusOptions {
    let paths = try chosen?.paths(corpus) ?? corpus
    let count = sample ?? chosen?.sample?.count
    let seed = sampleSeed ?? chosen?.sample?.seed ?? CorpusSample.usualSeed
    return CorpusOptions(
      paths: paths, field: field ?? chosen?.field, limit: limit, onError: onError,
      sample: count.map { CorpusSample(count: $0, seed: seed) },
      keepsEmpty: chosen?.keepsEmpty ?? true, name: preset, tables: DuckDB())
  }

  /// The most tokens of a document; nil means the model's positions.
  var mostTokens: Int? { maxTokens ?? chosen?.maxTokens }

  /// The corpus in the name of a run's folder.
  var shortName: String {
    if let preset { return preset }
    return corpus.map { path in
      var file = URL(filePath: path)
      if ["gz", "zst"].contains(file.pathExtension.lowercased()) { file.deletePathExtension() }
      return file.deletingPathExtension().lastPathComponent
    }.joined(separator: "+")
  }
}

extension LengthPolicy.Overflow: ExpressibleByArgument {}
extension CorpusOptions.OnError: ExpressibleByArgument {}
