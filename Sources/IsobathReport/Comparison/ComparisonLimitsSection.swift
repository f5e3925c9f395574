// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMarkdown
import IsobathRecord

/// What a comparison of these two runs does not say.
struct ComparisonLimitsSection: ReportSection {
  let title = "Limits"

  func content(_ data: ComparisonData) -> SectionContent? {
    var limits: [String] = []
    if data.documents < 6, data.isPaired {
      limits.append(
        """
        With \(data.documents) documents no test can reach 0.05: the smallest p of sign flips is \
        2/2ⁿ.
        """)
    } else if data.documents < 15 {
      limits.append(
        "Only \(data.documents) documents: intervals this short of data are rough.")
    }
    if data.isPaired {
      limits.append(
        """
        Sign flips are exact where differences are symmetric about 0 when nothing changed. For skewed \
        differences of few documents they find up to 9 % where 5 % is meant; see `isobath coverage`.
        """)
      limits.append(
        """
        The band and the adjusted p are two procedures: at the edge one can find what the other does not. A \
        change is what the adjusted p finds.
        """)
    }
    limits += [
      kind(data.comparison.kind),
      """
      Intervals and tests are over documents like these: they say nothing of other kinds of text, nor of \
      another training of either model.
      """,
      """
      A difference in entropy says that the spread of states over directions differs, not that anything was \
      learned or lost.
      """,
    ]
    return SectionContent(blocks: [.bullets(limits.map { Prose($0) })])
  }

  private func kind(_ kind: ComparisonKind) -> String {
    switch kind {
    case .tuned:
      "One fine-tuning of one model: another seed or other data can change other layers."
    case .quantised:
      "One quantisation of one model: the change mixes the format's rounding with how it was calibrated."
    case .checkpoint:
      "Two moments of one training: what lies between them is not seen."
    case .untrained:
      "Untrained models depend on their initialisation: give several seeds, and compare their spread."
    case .models:
      "Two models differ in everything at once: no cause can be named."
    }
  }
}
