// SPDX-License-Identifier: GPL-3.0-or-later

/// An estimate with its jackknife interval, or the reason why it has none.
package struct JackknifeInterval: Sendable, Equatable {
  /// What the interval lies around: the statistic of all items, or a corrected value.
  package let estimate: Double?
  /// (g − 1)(mean of the values without a block − the value of all): what the jackknife takes to
  /// be the statistic's bias. It is told, not subtracted.
  package let bias: Double?
  package let standardError: Double?
  package let low: Double?
  package let high: Double?
  /// The nominal coverage, such as 0.95.
  package let level: Double
  package let items: Int
  package let blocks: Int
  package let remark: JackknifeRemark?

  /// The remark as a reader sees it; empty when there is none.
  package var note: String { remark?.description ?? "" }
}

/// Why a jackknife interval is missing, or what to know about it.
package enum JackknifeRemark: Sendable, Equatable {
  /// There is nothing to leave out: no estimate.
  case noItems
  /// One block cannot be left out: no interval.
  case oneBlock
  /// The statistic without a block (nil: of all items) is NaN or infinite: no interval.
  case notFinite(block: Int?)
  /// The statistic stays the same whichever block leaves: no interval.
  case noSpread(blocks: Int)
  /// An interval from so few blocks is wide, and covers less often than it says.
  case fewBlocks(Int)
}

extension JackknifeRemark: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noItems: "no document has a value"
    case .oneBlock: "no interval: one block cannot be left out"
    case .notFinite(nil): "the statistic is not finite"
    case .notFinite(let block?): "no interval: without block \(block) the statistic is not finite"
    case .noSpread(let blocks):
      "no interval: the statistic is the same without each of the \(blocks) blocks"
    case .fewBlocks: "fewer than \(BlockJackknife.usual.lowerBound) blocks"
    }
  }
}
