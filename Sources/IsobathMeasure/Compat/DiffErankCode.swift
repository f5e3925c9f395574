// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// The effective rank behind Diff-eRank, of one model and one document.
package struct DiffErankCode: PublishedCode {
  package let id = "diff-erank"
  package let title = "Diff-eRank (Wei et al.)"
  package let source =
    "arXiv 2401.17139v2, NeurIPS 2024; github.com/waltonfuture/Diff-eRank, utils/diff_erank_dataset.py"
  package let steps = """
    H as in 'wei'; of one text exp(H) of the untrained model less exp(H) of the trained one, of a data \
    set exp(mean H) less exp(mean H). Both need two models; here are H and exp(H) of this one.
    """
  package let defects = [
    """
    The noise of 'wei' in H is multiplied by exp(H): 2·10⁻³ to 5·10⁻³ dimensions on real states of \
    width 576.
    """,
    WeiCode.zeroRows,
    WeiCode.roundedRows,
  ]

  package init() {}

  package func callAsFunction(_ states: MatrixView) -> [PublishedValue] {
    let entropy = Result { () throws(PublishedFailure) in try WeiCode.entropy(states) }
    let paper = Corrected(states, .paper)
    return [
      paper.value("diff-erank-entropy", "Matrix entropy", of: VonNeumannEntropy()) {
        () throws(PublishedFailure) in try entropy.get()
      },
      paper.value(
        "diff-erank-effective-rank", "Effective rank exp(H)", of: EffectiveRankOfCovariance()
      ) { () throws(PublishedFailure) in try entropy.get().exponential },
    ]
  }
}
