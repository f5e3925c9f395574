// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

extension SeriesKey {
  /// The fixed order of series: what is measured first, then depth, then position.
  func precedes(_ other: SeriesKey) -> Bool {
    if let first = Self.first(names, other.names) { return first }
    if order != other.order { return Self.less(order, other.order) }
    if depth != other.depth { return Self.less(depth, other.depth) }
    if site != other.site { return Self.site(site, before: other.site) }
    return (position ?? -1) < (other.position ?? -1)
  }

  private var names: [String] {
    [run, family, model, revision, corpus, preparation, measure, unit]
  }

  /// Compares text by text; nil when all are equal.
  private static func first(_ left: [String], _ right: [String]) -> Bool? {
    for (mine, theirs) in zip(left, right) where mine != theirs { return mine < theirs }
    return nil
  }

  /// A missing number comes first.
  private static func less(_ left: Double?, _ right: Double?) -> Bool {
    (left ?? -.infinity) < (right ?? -.infinity)
  }

  /// At one depth the last residual comes before its normed form.
  private static func site(_ left: String, before right: String) -> Bool {
    let (leftIsNormed, rightIsNormed) = (left == "final-norm", right == "final-norm")
    return leftIsNormed == rightIsNormed ? left < right : rightIsNormed
  }
}

extension Record {
  /// The fixed order of an analysis' rows: by analysis, then as their series, then by level.
  func precedes(_ other: Record) -> Bool {
    if analysis != other.analysis { return analysis < other.analysis }
    let (mine, theirs) = (SeriesKey(self), SeriesKey(other))
    if mine != theirs { return mine.precedes(theirs) }
    return (level ?? -1) < (other.level ?? -1)
  }
}
