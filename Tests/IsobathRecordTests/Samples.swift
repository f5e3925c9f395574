// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// Rows and runs for tests.
enum Samples {
  static let record = Record(
    run: "0123456789abcdef", family: "llama", model: "SmolLM2-135M", revision: "main",
    corpus: "austen", document: "emma-01", tokens: 128, site: "residual.3", depth: 0.1,
    position: 16, preparation: "paper", measure: "renyi-entropy", order: 2, analysis: "mean",
    estimate: 2.5, low: 2.25, high: 2.75, level: 0.95, n: 100, unit: "nats", note: "all there")

  static let records = [
    record,
    Record(
      document: "a,b", measure: "renyi-entropy", order: .infinity, estimate: 0.1, unit: "nats"),
    Record(document: "=cmd|' /C calc'!A0", measure: "entropy", note: "one token: no direction"),
    Record(document: "two\nlines \"quoted\"", depth: 1.0 / 3, estimate: -1e-7),
    Record(document: "\u{1B}[31mred\u{202E}dlo", estimate: 1e300, n: 0),
  ]

  static func inputs(documents: Int = 6) -> RunInputs {
    RunInputs(
      family: "llama",
      files: [
        .init(name: "b.safetensors", bytes: 20, digest: Digest(of: "b")),
        .init(name: "a.safetensors", bytes: 10, digest: Digest(of: "a")),
      ],
      configuration: Digest(of: "config"), tokenizer: Digest(of: "tokenizer"),
      documents: documents, corpus: Digest(of: "corpus"),
      options: [
        Setting("sites", .list([SettingValue("residual.0"), SettingValue("final-norm")])),
        Setting("orders", .list([0, 0.5, 1, Double.infinity].map { SettingValue($0) })),
        Setting("seed", SettingValue(UInt64.max)),
        Setting("limit", .none),
        Setting("loss", .flag(false)),
      ], code: "1")
  }

  static func manifest(documents: Int = 6, started: String = "2026-01-02T03:04:05Z") -> RunManifest
  {
    RunManifest(
      inputs: inputs(documents: documents),
      subject: RunSubject(
        model: "SmolLM2", corpus: "austen", blocks: 2, width: 4,
        details: [Setting("parameters", SettingValue(134_515_008))]),
      sessions: [
        RunSession(
          started: started, isobath: "0.1.0", details: [Setting("threads", SettingValue(2))])
      ])
  }

  static let sites = [
    SiteRow(name: "residual.0", kind: "residual", number: 0, depth: 0),
    SiteRow(name: "residual.1", kind: "residual", number: 1, depth: 0.5),
    SiteRow(name: "residual.2", kind: "residual", number: 2, depth: 1),
    SiteRow(name: "final-norm", kind: "final-norm", number: nil, depth: 1),
  ]

  /// A document whose spectra are known: `number + 1` equal eigenvalues at each site.
  static func document(_ number: Int) -> DocumentRow {
    let rank = number + 1
    let flat = [Double](repeating: 1 / Double(rank), count: rank)
    let ids = (0..<rank).map { Int32($0 * number) - 1 }
    var row = DocumentRow(
      id: "doc-\(number)", digest: Digest(ofTokens: ids), tokens: rank,
      cutFrom: number == 3 ? 99 : nil, source: number < 3 ? "first" : "",
      excerpt: "Text \(number)…",
      note: number == 1 ? "a note" : "",
      text: number == 2 ? nil : TokenRow(ids: ids, texts: ids.map { "\"\($0)\u{0}\u{202E}é" }))
    for site in sites.indices {
      row.spectra += [
        SpectrumRow(
          site: site, preparation: "paper", tokens: rank, width: 4, dropped: number, clipped: 1e-17,
          eigenvalues: .value(flat)),
        SpectrumRow(
          site: site, preparation: "raw", tokens: rank, width: 4,
          eigenvalues: .missing(reason: "one token")),
      ]
      row.positions += [
        PositionRow(
          site: site, preparation: "paper", measure: "entropy", order: nil, positions: [2, 3],
          estimates: [0, -0.0], reason: "the first token alone has no direction"),
        PositionRow(
          site: site, preparation: "paper", measure: "renyi-entropy", order: .infinity,
          positions: [1, Int32.max], estimates: [1e-300, 1.7976931348623157e308]),
        PositionRow(
          site: site, preparation: "paper", measure: "contribution", order: nil,
          positions: [1, 2, 3], estimates: [0.5, 1, 1.5]),
      ]
      row.pooled.append(
        PooledRow(site: site, kind: "mean", state: [0.1, -2, .leastNonzeroMagnitude]))
      row.scalars.append(
        ScalarRow(site: site, name: "norm", estimate: .value(0.1), unit: "1"))
      row.activations.append(ActivationRow(site: site, position: 1, feature: 3, value: -1e4))
    }
    row.scalars.append(
      ScalarRow(site: nil, name: "loss", estimate: .missing(reason: "not asked for"), unit: "nats"))
    return row
  }

  static func documents(_ range: Range<Int>) -> [DocumentRow] { range.map(document) }
}
