// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// What the run found, said from its rows, so that text and tables cannot disagree.
struct Finding {
  private let data: ReportData

  init(_ data: ReportData) { self.data = data }

  private var level: String { Wording.percent(data.level) }

  /// The finding in at most three sentences.
  var sentence: String {
    guard let valley = data.answer("valley"), valley.estimate != nil else { return noCurve }
    let place = "after " + Wording.place(valley.site, blocks: data.blocks)
    let fall = data.answer("fall")
    let rise = data.answer("rise")
    guard valley.site != "residual.0", let drop = fall?.high, drop < 0 else {
      return "\(data.model) does not compress below its embedding: its matrix entropy is lowest "
        + "\(place)\(range(valley)), and no later layer lies below the embedding beyond doubt."
    }
    let falls = "Matrix entropy falls by \(change(fall)) nats from the embedding to there"
    let after = valley.site == "residual.\(data.blocks)" ? "." : rises(rise)
    return "\(data.model) compresses its representations most \(place)\(range(valley)). "
      + falls + after + cause(valley.site)
  }

  /// Whether the valley is there without the first token, when the run can tell.
  private func cause(_ site: String) -> String {
    guard let twin = data.twin, let with = data.mean("entropy", at: site),
      let without = data.rows("mean", "entropy", preparation: twin).first(where: { $0.site == site }
      ),
      let start = data.mean("entropy", at: "residual.0")?.estimate,
      let value = without.estimate, let low = without.low, let high = with.high
    else { return "" }
    let numbers =
      "without that token the entropy there is \(Wording.interval(without)) nats instead of "
      + "\(Wording.interval(with))."
    if value >= start {
      return " The valley is the first token's doing, an attention sink: " + numbers
    }
    return low > high
      ? " The first token, an attention sink, deepens it: " + numbers
      : " It does not hang on the first token: " + numbers
  }

  private var noCurve: String {
    let reason = data.answer("valley")?.note ?? "the run has no depth curve"
    return "No valley can be named for \(data.model): \(reason)."
  }

  private func rises(_ row: Record?) -> String {
    guard let low = row?.low else { return "." }
    return low > 0
      ? " and rises again by \(change(row)) nats to the last block."
      : "; the change from there to the last block, \(Wording.interval(row)) nats, may be nothing."
  }

  /// ` (95 % interval: 11 to 13 blocks)`.
  private func range(_ valley: Record) -> String {
    guard let low = valley.low, let high = valley.high else { return "" }
    let blocks = Double(data.blocks)
    let ends = [low, high].map { Wording.number($0 * blocks, 0) }
    return ends[0] == ends[1]
      ? " (there in at least \(level) of the resamples)"
      : " (\(level) interval: \(ends[0]) to \(ends[1]) blocks)"
  }

  /// The size of a change with its interval, all as positive numbers.
  private func change(_ row: Record?) -> String {
    guard let row, let estimate = row.estimate else { return "no value" }
    guard let low = row.low, let high = row.high else { return Wording.number(abs(estimate), 2) }
    let ends = [abs(low), abs(high)].sorted()
    return "\(Wording.number(abs(estimate), 2)) "
      + "[\(Wording.number(ends[0], 2)), \(Wording.number(ends[1], 2))]"
  }
}
