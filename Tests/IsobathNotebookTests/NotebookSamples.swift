// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathNotebook
import IsobathRecord

/// A study that was never run: curves of plausible shape, the same every time.
struct NotebookSamples {
  var study = "sample"
  var model = "SmolLM2-135M"
  var corpus = "austen"
  var blocks = 12
  var documents = 20
  var positions = true
  var intervals = true

  var manifest: RunManifest {
    RunManifest(
      inputs: RunInputs(
        family: "llama",
        files: [
          .init(name: "model.safetensors", bytes: 269_060_552, digest: Digest(of: "weights"))
        ],
        configuration: Digest(of: "config"), tokenizer: Digest(of: "tokenizer"),
        documents: documents, corpus: Digest(of: "corpus"),
        options: [Setting("orders", .list(Self.orders.map { SettingValue($0) }))], code: "1"),
      subject: RunSubject(model: model, corpus: corpus, blocks: blocks, width: 576),
      sessions: [RunSession(started: "2026-01-02T03:04:05Z", isobath: "0.1.0")])
  }

  static let orders = [0, 0.5, 1, 2, 4, Double.infinity]
  static let names = [
    "emma", "=cmd|' /C calc'!A0", "a,\"b\"\nc", "\u{1B}[31mred", "NA", "nan", "</script><b>",
    "'tis",
  ]

  private func name(_ document: Int) -> String {
    document < Self.names.count ? Self.names[document] : "document-\(document)"
  }

  /// Nats at a relative depth, lowest near 0.6, for a document of this many tokens.
  private func entropy(_ depth: Double, tokens: Double, order: Double = 1) -> Double {
    let most = log(tokens) - tokens / (2 * 576)
    let valley = 1 - 0.55 * exp(-pow((depth - 0.6) / 0.28, 2)) - 0.08
    return most * valley / (1 + 0.35 * min(order, 6))
  }

  private func tokens(_ document: Int) -> Int { 100 + (document * 37) % 200 }

  private var sites: [(name: String, depth: Double)] {
    (0...blocks).map { ("residual.\($0)", Double($0) / Double(blocks)) } + [("final-norm", 1)]
  }

  private func row(
    _ site: (name: String, depth: Double), _ measure: String, _ value: Double,
    analysis: String = "mean", order: Double? = nil, position: Int? = nil, half: Double? = nil,
    level: Double = 0.95
  ) -> Record {
    var row = Record(
      run: manifest.id, family: "llama", model: model, corpus: corpus, site: site.name,
      depth: site.depth, position: position, preparation: "paper", measure: measure, order: order,
      analysis: analysis, estimate: value, n: documents, unit: "nats")
    if let half, intervals {
      (row.low, row.high, row.level) = (value - half, value + half, level)
    }
    return row
  }

  var records: [Record] {
    sites.flatMap { site in
      let mean = entropy(site.depth, tokens: 200) * (site.name == "final-norm" ? 0.93 : 1)
      let null = log(200) - 200.0 / (2 * 576)
      return [
        row(site, "entropy", mean, half: 0.08),
        row(site, "entropy", mean + 0.01, analysis: "spread", half: 0.25, level: 0.5),
        row(site, "entropy", mean + 0.01, analysis: "spread", half: 0.6, level: 0.9),
        row(site, "null-entropy", null, half: 0.03),
        row(site, "deficit", null - mean, half: 0.07),
      ]
        + Self.orders.map { order in
          let value = entropy(site.depth, tokens: 200, order: order) + (order == 0 ? 1.2 : 0)
          return row(site, "renyi-entropy", value, order: order, half: 0.1)
        } + prefixes(site) + own(site)
    } + valley
  }

  private func prefixes(_ site: (name: String, depth: Double)) -> [Record] {
    guard positions else { return [] }
    return ([2, 3, 4, 6, 8] + [11, 16, 23, 32, 45, 64, 91, 128, 181, 256]).map { position in
      let value = entropy(site.depth, tokens: Double(position))
      return row(
        site, "entropy", value, analysis: "position-mean", position: position, half: 0.05)
    }
  }

  private func own(_ site: (name: String, depth: Double)) -> [Record] {
    (0..<documents).map { document in
      let shift = 0.3 * sin(Double(document * 7)) + 0.1 * sin(Double(document) + 9 * site.depth)
      var row = row(site, "entropy", 0, analysis: "")
      row.document = name(document)
      row.tokens = tokens(document)
      row.estimate = entropy(site.depth, tokens: Double(tokens(document))) + shift
      row.n = nil
      if document == 3 {
        (row.estimate, row.note) = (nil, "one token: centring leaves nothing")
      }
      return row
    }
  }

  private var valley: [Record] {
    let lowest = Int((0.6 * Double(blocks)).rounded())
    var row = row(sites[lowest], "entropy", sites[lowest].depth, analysis: "valley")
    if intervals { (row.low, row.high, row.level) = (0.5, 0.67, 0.95) }
    row.unit = "depth"
    return [row]
  }

  var spectra: [MeanSpectrum] {
    sites.dropLast().map { site in
      let steepness = 0.6 + 1.2 * exp(-pow((site.depth - 0.6) / 0.28, 2))
      let powers = (1...280).map { pow(Double($0), -steepness) * exp(-Double($0) / 150) }
      let sum = powers.reduce(0, +)
      return MeanSpectrum(
        run: manifest.id, site: site.name, depth: site.depth, preparation: "paper",
        shares: powers.map { $0 / sum },
        documents: (1...280).map { $0 < 100 ? documents : max(1, documents - ($0 - 100) / 10) })
    }
  }

  var inputs: NotebookInputs {
    NotebookInputs(
      study: study, manifests: [manifest], records: records, spectra: spectra,
      measures: [
        .init(
          id: "entropy", title: "Matrix entropy", unit: "nats", formula: "H = −Σ p ln p",
          about: "How evenly the states use directions."),
        .init(id: "unused", title: "Not in the rows", about: "Must not be explained."),
      ],
      analyses: [.init(id: "mean", title: "Mean", about: "The mean over documents.")])
  }
}
