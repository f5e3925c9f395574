// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown

/// The first screen: each question with its answer and the way to the report behind it.
struct StudyFindingSection: ReportSection {
  let title = ""

  func content(_ data: StudyData) -> SectionContent? {
    guard !data.answers.isEmpty else {
      return SectionContent(blocks: [
        .paragraph(Prose(data.size + " No question was asked of them."))
      ])
    }
    let findings = data.answers.map { answer -> Prose in
      "\(link: Prose(answer.title), to: answer.report). \(answer.finding)"
    }
    return SectionContent(blocks: [.bullets(findings), .paragraph(Prose(data.size))])
  }
}

extension StudyData {
  /// "5 models over 2 corpora, 10 runs."
  package var size: String {
    """
    \(counted(models.count, "model", "models")) over \(counted(corpora.count, "corpus", "corpora")), \
    \(counted(cells.count, "run", "runs")).
    """
  }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }
}
