// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown
import IsobathRecord

/// What these numbers do not say.
struct LimitsSection: ReportSection {
  let title = "Limits"

  func content(_ data: ReportData) -> SectionContent? {
    var limits = [
      """
      The intervals cover the choice of documents like these. They say nothing of other kinds of text, \
      nor of other trainings of the same model.
      """,
      """
      Entropy grows with the number of tokens. Compare documents of like length, or the deficit; never \
      H/ln d across widths.
      """,
      """
      Centring and unit rows are choices. A curve under another preparation can have its valley \
      elsewhere.
      """,
    ]
    if let types = quantised(data) {
      limits.insert(
        """
        The weights are quantised (\(types)): entropies differ from those of the full-precision model, \
        and must not be compared with them as if they were the same.
        """, at: 0)
    }
    if data.documents < 15 {
      limits.insert(
        "Only \(data.documents) documents: intervals this short of data are rough.", at: 0)
    }
    if data.documents < data.manifest.inputs.documents {
      limits.insert(
        """
        The run is not complete: \(data.documents) of \(data.manifest.inputs.documents) documents are \
        in it.
        """, at: 0)
    }
    return SectionContent(blocks: [.bullets(limits.map { Prose($0) })])
  }

  /// The stored types when one of them is a quantised one.
  private func quantised(_ data: ReportData) -> String? {
    let types = data.manifest.subject.details["element-types"]?.description ?? ""
    return types.split(separator: " ").contains { $0.hasPrefix("Q") } ? types : nil
  }
}
