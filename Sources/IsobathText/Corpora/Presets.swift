// SPDX-License-Identifier: GPL-3.0-or-later

/// The data sets of the papers on matrix entropy, as their code reads them.
package let presets: [CorpusPreset] = [
  CorpusPreset(
    id: "dolly", title: "dolly-15k: the passages that its questions are about",
    source: "Data: databricks/databricks-dolly-15k. \(wei)",
    field: "context", keepsEmpty: false, files: ["databricks-dolly-15k.jsonl"]),
  CorpusPreset(
    id: "wiki", title: "Wikipedia in English of 1 November 2023",
    source: "Data: wikimedia/wikipedia, configuration 20231101.en. \(wei)",
    field: "text", sample: CorpusSample(count: 10_000),
    files: (0..<41).map { "train-\(fiveDigits($0))-of-00041.parquet" },
    folders: ["", "20231101.en/"]),
  CorpusPreset(
    id: "openwebtext2", title: "OpenWebText2: web pages, the Pile's validation part",
    source: "Data: suolyer/pile_openwebtext2, whose val.json is JSON lines. \(wei)",
    field: "text", sample: CorpusSample(count: 10_000), files: ["val.json"]),
  CorpusPreset(
    id: "hh-rlhf", title: "hh-rlhf: the dialogues that people preferred, of the four test parts",
    source: "Data: Anthropic/hh-rlhf. \(wei)", field: "chosen",
    files: ["harmless-base", "helpful-base", "helpful-online", "helpful-rejection-sampled"].map {
      "\($0)/test.jsonl"
    }),
]

private let wei =
  "Rule: entropy_dataset.py of waltonfuture/Matrix-Entropy, the code of Wei et al., arXiv 2401.17139."

private func fiveDigits(_ number: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: 5 - digits.count) + digits
}
