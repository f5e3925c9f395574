// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathAnalysis
import IsobathMeasure
import IsobathModel
import IsobathText

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List families, sites, measures, analyses, codes, preparations, formats or presets.",
    discussion: """
      Examples:
        isobath list measures
        isobath list families
      """)

  enum Subject: String, ExpressibleByArgument, CaseIterable {
    case families
    case sites
    case measures
    case analyses
    case codes
    case preparations
    case formats
    case presets
  }

  @Argument(help: "families, sites, measures, analyses, codes, preparations, formats or presets.")
  var what: Subject

  func run() {
    let rows = rows
    let width = rows.map(\.0.count).max() ?? 0
    for (name, about) in rows {
      Terminal.output(name + String(repeating: " ", count: width - name.count + 2) + about)
    }
  }

  private var rows: [(String, String)] {
    switch what {
    case .families: families.map { ($0.name, $0.about) }
    case .measures: allMeasures.map { ($0.id, "\($0.title), \($0.unit.rawValue)") }
    case .codes: publishedCodes.map { ($0.id, "\($0.title): \($0.source)") }
    case .analyses: analysisTerms.map { ($0.id, $0.title) }
    case .preparations: Preparation.all.map { ($0.id, $0.about) }
    case .presets: presets.map { ($0.id, $0.title) }
    case .sites:
      [
        ("residual.K", "the residual stream after K blocks; residual.0 is the embedding"),
        ("residual-mid.K", "the stream inside block K, after attention"),
        ("attention-out.K", "what the attention of block K adds"),
        ("mlp-out.K", "what the feed-forward part of block K adds"),
        ("final-norm", "after the last norm: transformers' last hidden_states entry"),
      ]
    case .formats:
      [
        ("safetensors", "a folder with config.json; one file, or shards with their index"),
        (
          "PyTorch",
          "pytorch_model.bin, one file or shards with their index; read as data, never run"
        ),
        (
          "GGUF",
          "versions 2 and 3, whole or split: F32 F16 BF16 F64 Q8_0 Q4_0 Q4_1 Q5_0 Q5_1 Q2_K to Q6_K "
            + "IQ4_NL IQ4_XS MXFP4 NVFP4"
        ),
      ]
    }
  }
}
