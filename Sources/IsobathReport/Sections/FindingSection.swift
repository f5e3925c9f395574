// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown
import IsobathRecord
import IsobathStatistics

/// The finding first: a paragraph, and the five numbers behind it.
struct FindingSection: ReportSection {
  let title = ""

  func content(_ data: ReportData) -> SectionContent? {
    var content = SectionContent(blocks: [.paragraph("\(strong: Finding(data).sentence)")])
    let level = Wording.percent(data.level)
    content.blocks.append(
      .paragraph(
        """
        From \(data.documents) documents of \(data.manifest.subject.corpus), preparation \
        \(data.preparation); numbers in brackets are \(level) bootstrap intervals \
        (\(data.method.title)) over documents.
        """))
    let rows = places(data).map { name, site in
      [
        name, Wording.interval(data.mean("entropy", at: site)),
        Wording.interval(data.mean("deficit", at: site)),
        Wording.interval(data.mean("effective-rank-covariance", at: site), 1),
        Wording.interval(data.mean("entropy-per-log-width", at: site), 3),
      ]
    }
    content.blocks.append(
      .table(
        Table(
          ["where"],
          numbers: [
            "entropy H (nats)", "deficit H_null − H (nats)", "exp H (directions)", "H/ln d",
          ],
          rows)))
    return content
  }

  private func places(_ data: ReportData) -> [(String, String)] {
    var places = [("embedding", "residual.0")]
    if let valley = data.answer("valley")?.site, valley != "residual.0",
      valley != "residual.\(data.blocks)"
    {
      places.append(("valley: after \(Wording.place(valley, blocks: data.blocks))", valley))
    }
    places += [("last block", "residual.\(data.blocks)"), ("final norm", "final-norm")]
    return places.filter { data.mean("entropy", at: $0.1) != nil }
  }
}
