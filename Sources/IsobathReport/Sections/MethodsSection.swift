// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathAnalysis
import IsobathMarkdown
import IsobathMeasure
import IsobathRecord

/// How each number was made: the measures' and analyses' own words.
struct MethodsSection: ReportSection {
  let title = "Methods"

  func content(_ data: ReportData) -> SectionContent? {
    let preparation = Preparation(id: data.preparation)?.about ?? data.preparation
    let norm =
      data.sites.contains { $0.name == "final-norm" }
      ? """
       the last block's raw output and the final norm are both shown, and only the latter is in \
      transformers' hidden_states.
      """ : " there is no norm after the last block."
    let opening = """
      Each document went through the model by itself, without padding, in float32. At every site its \
      states, tokens × \(data.manifest.subject.width), were prepared (\(data.preparation): \
      \(preparation)), and the eigenvalues of their covariance were taken in float64 on the smaller \
      side, with trace one. A depth of k means after k blocks;\(norm) Means are over documents; \
      intervals resample documents, the same resamples at every site and order.
      """
    let used = allMeasures.filter { measure in data.answers.contains { $0.measure == measure.id } }
    let asked = analysisTerms.filter { analysis in
      data.answers.contains { $0.analysis == analysis.id }
    }
    return SectionContent(blocks: [
      .paragraph(Prose(opening)),
      .details(
        summary: "Measures",
        [.bullets(used.map { "\(strong: $0.title): \(code: $0.formula). \($0.about)" })]),
      .details(
        summary: "Analyses", [.bullets(asked.map { "\(strong: $0.title): \($0.about)" })]),
      .details(
        summary: "Columns of records.csv",
        [.bullets(Column.all.map { "\(code: $0.name): \($0.meaning)" })]),
    ])
  }
}
