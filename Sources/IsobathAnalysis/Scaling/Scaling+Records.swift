// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

extension ScalingAnswer {
  /// Each fitted number, the control and each model's value as rows; n counts the sizes, and for a
  /// model's value the documents.
  package var records: [Record] {
    values + fits.flatMap { records($0) } + controls + leftOut
  }

  private func blank(_ analysis: String, unit: String = "1", note: String = "") -> Record {
    Record(
      family: family, corpus: series.corpus, site: series.place,
      preparation: series.preparation, measure: quantity.id, analysis: analysis,
      n: models.count, unit: unit, note: note)
  }

  private var values: [Record] {
    models.indices.map { index in
      var row = blank(
        "size-value", unit: quantity.unit,
        note: "\(models[index].parameters) parameters, width \(models[index].width)")
      row.run = models[index].run
      row.model = models[index].label
      row.estimate = estimates[index]
      row.n = series.documents?.units.documents
      if let interval = intervals?[index], interval.low != nil {
        (row.low, row.high, row.level) = (interval.low, interval.high, interval.level)
      }
      return row
    }
  }

  /// a, b, c and R² of a law, or one row that says why there is none.
  private func records(_ answer: LawAnswer) -> [Record] {
    let name = "size-law-\(answer.law.rawValue)"
    let counted = "P: \(answer.count.rawValue)"
    guard let fit = answer.fit else {
      return [blank(name, note: "\(counted); \(answer.reason)")]
    }
    func row(_ part: String, _ number: FittedParameter, _ interval: Interval?) -> Record {
      let error = number.standardError.map { "standard error \($0)" } ?? ""
      let isVague = answer.law == .shifted && !fit.hasConstant
      let vague = isVague ? "not identified: b is within two standard errors of 0" : ""
      let notes = [counted, vague, error, answer.resampled?.note ?? "", interval?.note ?? ""]
      var row = blank(
        "\(name)-\(part)", unit: part == "b" ? "1" : quantity.unit,
        note: notes.filter { !$0.isEmpty }.joined(separator: "; "))
      row.estimate = number.value
      if let interval, interval.low != nil {
        (row.low, row.high, row.level) = (interval.low, interval.high, interval.level)
      }
      return row
    }
    var rows = [
      row("a", fit.a, answer.resampled?.a), row("b", fit.b, answer.resampled?.b),
    ]
    if let c = fit.c { rows.append(row("c", c, answer.resampled?.c)) }
    for (part, value) in [("r2", fit.rSquared), ("aicc", fit.aicc)] {
      var row = blank("\(name)-\(part)", note: value == nil ? "\(counted); not defined" : counted)
      row.estimate = value
      rows.append(row)
    }
    return rows
  }

  /// The correlation with 1/ln d, what h/ln d explains, and the b that it gives.
  private var controls: [Record] {
    guard let control else { return [] }
    var rows = [
      ("width-control-correlation", control.correlation, "1"),
      ("width-control-entropy", control.entropy, "nats"),
      ("width-control-r2", control.rSquared, "1"),
    ]
    if case .success(let fit) = controlLaw { rows.append(("width-control-b", fit.b.value, "1")) }
    return rows.map { name, value, unit in
      var row = blank(name, unit: unit)
      row.estimate = value
      return row
    }
  }

  /// b with each size left out.
  private var leftOut: [Record] {
    guard let answer = answer(.power) else { return [] }
    return zip(models, answer.leftOut).map { model, outcome in
      var row = blank("size-law-power-b-without", note: "without \(model.label)")
      row.model = model.label
      row.n = models.count - 1
      switch outcome {
      case .success(let fit): row.estimate = fit.b.value
      case .failure(let failure): row.note += "; \(failure)"
      }
      return row
    }
  }
}
