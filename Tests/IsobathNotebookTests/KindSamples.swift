// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathNotebook
import IsobathRecord

/// Studies that were never made: rows of each kind of report, the same every time.
struct KindSamples {
  var names = ["base (small)", "fine-tuned ($x$ \"; \\ small)"]
  var blocks = 6
  /// As reports show it, in nats.
  static func shown(_ value: Double, _ decimals: Int = 2) -> String {
    String(format: "%.\(decimals)f", abs(value))
  }

  private var sites: [(name: String, depth: Double)] {
    (0...blocks).map { ("residual.\($0)", Double($0) / Double(blocks)) } + [("final-norm", 1)]
  }

  private func row(
    _ run: String, _ site: (name: String, depth: Double), _ measure: String, _ analysis: String,
    _ value: Double, order: Double? = nil, half: Double? = nil, note: String = ""
  ) -> Record {
    var row = Record(
      run: run, family: "llama", model: "own-\(run)", corpus: "texts.jsonl", site: site.name,
      depth: site.depth, preparation: "paper", measure: measure, order: order,
      analysis: analysis, estimate: value, n: 20, unit: "nats", note: note)
    if let half { (row.low, row.high, row.level) = (value - half, value + half, 0.95) }
    return row
  }

  private func curve(_ depth: Double, _ step: Double = 1) -> Double {
    3.2 - 1.1 * step * exp(-pow((depth - 0.6) / 0.28, 2))
  }

  /// Inputs of a kind, with what an analysis or a measure of these rows is called.
  private func inputs(
    _ kind: NotebookKind, _ records: [Record], _ finding: String,
    _ subjects: [NotebookInputs.Subject]
  ) -> NotebookInputs {
    NotebookInputs(
      kind: kind, study: "\(kind)", manifests: [], records: records,
      measures: [.init(id: "entropy", title: "Matrix entropy", unit: "nats", about: "Of states.")],
      analyses: [.init(id: "mean", title: "Mean", about: "The mean over documents.")],
      findings: [finding], subjects: subjects)
  }

  // MARK: - Comparison

  /// The change at a site: found after blocks 2 to 4.
  private func change(_ site: String) -> Double {
    ["residual.2": -0.21, "residual.3": -0.4, "residual.4": -0.31][site] ?? 0.004
  }

  func comparison(isPaired: Bool = true, finding: String? = nil) -> NotebookInputs {
    let records = isPaired ? sites.flatMap(paired) + [range] : sites.flatMap(unpaired)
    let told =
      isPaired
      ? "Fine-tuning lowers the matrix entropy after blocks 2–4 of 6 by 0.31 nats."
      : "Means over different documents: they differ most after block 3, by −0.40 nats."
    return inputs(
      .comparison, records, finding ?? told,
      zip(["b", "t"], names).map {
        .init(run: $0, family: "llama", name: $1, preparation: "paper", blocks: blocks)
      })
  }

  private var range: Record {
    row(
      "t", sites[3], "entropy", "changed-range", -0.92 / 3, half: 0.05,
      note: "less run b; residual.2 to residual.4 (3 sites), largest here")
  }

  private func means(_ site: (name: String, depth: Double)) -> [Record] {
    let base = curve(site.depth)
    return [
      row("b", site, "entropy", "mean-base", base, half: 0.05),
      row("t", site, "entropy", "mean-tuned", base + change(site.name), half: 0.05),
    ]
  }

  private func unpaired(_ site: (name: String, depth: Double)) -> [Record] {
    means(site) + [
      row("t", site, "entropy", "difference-unpaired", change(site.name), half: 0.08)
    ]
  }

  private func paired(_ site: (name: String, depth: Double)) -> [Record] {
    let value = change(site.name)
    let p = value < -0.1 ? 0.0005 : 0.8
    var prefix = row("t", site, "entropy", "difference", 9)
    prefix.position = 8
    var alike = row("t", site, "debiased-cka", "cka-between-models", 0.9, half: 0.02)
    alike.preparation = ""
    return means(site) + [
      row("t", site, "entropy", "difference", value, half: 0.02), prefix, alike,
      row("t", site, "entropy", "difference-band", value, half: 0.03),
      row("t", site, "entropy", "difference-p-max-t", p),
      row("t", site, "entropy", "difference-effect", 9 * value, half: 0.4),
      row(
        "t", site, "entropy", "difference-equivalent", value, half: 0.01,
        note: "no change beyond ±0.05 nats"),
      row("t", site, "effective-rank-covariance", "diff-erank", -5 * value, half: 0.5),
      row("t", site, "effective-rank-covariance", "diff-erank-b", -6 * value, half: 0.5),
    ]
      + [0, 2, .infinity].flatMap { order in
        [
          row("t", site, "renyi-entropy", "difference", value / (1 + min(order, 3)), order: order),
          row("t", site, "renyi-entropy", "difference-p-max-t", p, order: order),
        ]
      }
  }

  // MARK: - Laws of size

  static let sizes =
    [("10M", 10_000_000, 256), ("40M", 40_000_000, 384)]
    + [("160M", 160_000_000, 640), ("600M", 600_000_000, 1024), ("2B", 2_000_000_000, 2048)]

  /// Values on a law of b = 0.05, but for a little.
  private func value(_ index: Int) -> Double {
    1.5 * pow(Double(Self.sizes[index].1), -0.05) * (1 + 0.004 * sin(Double(5 * index)))
  }

  /// What one entropy divided by ln d explains of them, as the analysis computes it.
  var control: (entropy: Double, share: Double) {
    let inverse = Self.sizes.map { 1 / log(Double($0.2)) }
    let values = Self.sizes.indices.map(value)
    let h =
      zip(values, inverse).reduce(0) { $0 + $1.0 * $1.1 }
      / inverse.reduce(0) { $0 + $1 * $1 }
    let mean = values.reduce(0, +) / Double(values.count)
    let left = zip(values, inverse).reduce(0) { $0 + pow($1.0 - h * $1.1, 2) }
    return (h, 1 - left / values.reduce(0) { $0 + pow($1 - mean, 2) })
  }

  func sizes(published: Bool = true) -> NotebookInputs {
    let measures = published ? ["entropy-per-log-width", "entropy"] : ["loss"]
    let records = measures.flatMap { measure -> [Record] in
      func of(_ analysis: String, _ value: Double?, model: String = "", note: String) -> Record {
        Record(
          family: "Family", model: model, corpus: "texts", site: "final-norm",
          preparation: "paper", measure: measure, analysis: analysis, estimate: value, n: 5,
          unit: "1", note: note)
      }
      let values = Self.sizes.enumerated().map { index, size in
        of("size-value", value(index), model: size.0, note: "\(size.1) parameters")
      }
      let all = "P: all parameters"
      let laws = [
        of("size-law-power-a", 1.5, note: all), of("size-law-power-b", 0.05, note: all),
        of("size-law-power-b", 0.06, note: "P: parameters without embeddings"),
      ]
      let controls = [
        of("width-control-entropy", control.entropy, note: ""),
        of("width-control-r2", control.share, note: ""),
      ]
      return values + laws + (measure == "entropy-per-log-width" ? controls : [])
    }
    let explained = Self.shown(100 * max(control.share, 0), 1)
    return inputs(
      .sizes, records,
      published
        ? """
        Family: the published value H/ln d falls with size (b = 0.050). 1/ln d alone explains \
        \(explained) % of the variance of H/ln d (correlation \(Self.shown(correlation, 3))).
        """ : "Family: nothing was measured that has a law of size.",
      Self.sizes.map {
        .init(run: "", family: "Family", name: $0.0, width: $0.2, parameters: $0.1)
      })
  }

  private var correlation: Double {
    let x = Self.sizes.map { 1 / log(Double($0.2)) }
    let y = Self.sizes.indices.map(value)
    let means = [x, y].map { $0.reduce(0, +) / Double($0.count) }
    let both = zip(x, y).reduce(0) { $0 + ($1.0 - means[0]) * ($1.1 - means[1]) }
    let own = [x, y].enumerated().map { index, values in
      values.reduce(0) { $0 + pow($1 - means[index], 2) }
    }
    return both / (own[0] * own[1]).squareRoot()
  }

  // MARK: - Stages

  /// - Parameter moves: whether anything changes.
  func stages(_ steps: [Int] = [0, 16, 128, 1024], moves: Bool = true) -> NotebookInputs {
    let last = Double(steps.count - 1)
    let records = steps.enumerated().flatMap { stage, step -> [Record] in
      let run = "s\(step)"
      let part = moves ? Double(stage) / last : 0
      let told = Record(run: run, measure: "step", analysis: "stage-step", estimate: Double(step))
      var loss = row(run, ("", 0), "loss", "mean", 6 - part, half: 0.1)
      (loss.preparation, loss.depth) = ("", nil)
      let p = moves ? 0.001 : 0.7
      return [told, loss]
        + sites.flatMap { site -> [Record] in
          let mean = row(
            run, site, "entropy", "mean", curve(site.depth, part), half: 0.05)
          guard stage > 0 else { return [mean] }
          let whole = curve(site.depth, part) - curve(site.depth, 0)
          return [
            mean, row(run, site, "entropy", "stage-change", whole / Double(stage), half: 0.04),
            row(run, site, "entropy", "stage-change-p-max-t", p),
            row(run, site, "entropy", "stage-total", whole, half: 0.04),
            row(run, site, "entropy", "stage-total-p-max-t", p),
          ]
        }
    }
    let ends = "From step \(steps[0]) to step \(steps[steps.count - 1])"
    let fall = curve(sites[4].depth) - curve(sites[4].depth, 0)
    let finding =
      moves
      ? """
      \(ends) the matrix entropy falls most after block 4, by −\(Self.shown(fall)) nats; it changes at 8 of \
      8 sites. The largest single change is −\(Self.shown(fall / last)) nats. 24 of 24 changes stand.
      """ : "\(ends), no change of the matrix entropy is found at any of 8 sites."
    return inputs(
      .stages, records, finding,
      steps.map {
        .init(
          run: "s\($0)", family: "llama", name: "m", preparation: "paper", step: $0,
          blocks: blocks)
      })
  }

  // MARK: - Study

  func study(corpora: [String] = ["prose", "$talk$"], models: Int = 3) -> NotebookInputs {
    var records: [Record] = []
    var subjects: [NotebookInputs.Subject] = []
    for (place, corpus) in corpora.enumerated() {
      for model in 0..<models {
        let run = "r\(place)\(model)"
        let shift = 0.2 * Double(model) - 0.1 * Double(place)
        for site in sites {
          records.append(
            row(run, site, "entropy", "mean", curve(site.depth) + shift, half: 0.05))
          records.append(row(run, site, "deficit", "mean", 1.2 - shift, half: 0.05))
        }
        records.append(row(run, sites[4], "entropy", "valley", sites[4].depth, half: 1.0 / 6))
        subjects.append(
          .init(
            run: run, family: "llama", name: "model {\(model)}", corpus: corpus,
            preparation: "paper", blocks: blocks))
      }
    }
    return inputs(
      .study, records,
      "\(models) models over \(corpora.count) corpora, \(subjects.count) runs.", subjects)
  }
}
