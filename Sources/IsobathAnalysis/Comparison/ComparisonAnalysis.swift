// SPDX-License-Identifier: GPL-3.0-or-later

/// A question asked of two runs; each answers under its id in the column `analysis`.
package enum ComparisonAnalysis: String, Sendable, CaseIterable {
  case difference
  case band = "difference-band"
  case p = "difference-p"
  case adjusted = "difference-p-max-t"
  case discovery = "difference-p-bh"
  case effect = "difference-effect"
  case ratio = "difference-ratio"
  case equivalent = "difference-equivalent"
  case equivalentP = "difference-equivalent-p"
  case range = "changed-range"
  case unpaired = "difference-unpaired"
  case diffERank = "diff-erank"
  case diffERankB = "diff-erank-b"
  case cka = "cka-between-models"
  case base = "mean-base"
  case tuned = "mean-tuned"

  package var id: String { rawValue }

  /// The name a reader sees.
  package var title: String {
    switch self {
    case .difference: "Paired difference of two models"
    case .band: "Simultaneous band of the differences"
    case .p: "p of one difference"
    case .adjusted: "p adjusted for every site of the curve"
    case .discovery: "p adjusted for the share of false finds"
    case .effect: "Effect size d_z"
    case .ratio: "Ratio of the two models"
    case .equivalent: "Interval of the equivalence test"
    case .equivalentP: "p of the equivalence test"
    case .range: "Range of layers that changed"
    case .unpaired: "Difference of unpaired means"
    case .diffERank: "Diff-eRank, form (a)"
    case .diffERankB: "Diff-eRank, form (b)"
    case .cka: "CKA between the models"
    case .base: "Mean of the base model"
    case .tuned: "Mean of the other model"
    }
  }

  /// What it computes, its formula and its source.
  package var about: String {
    switch self {
    case .difference:
      """
      The other model's value less the base model's, document by document, and the mean of these paired \
      differences with its bootstrap interval over documents (BCa unless another is asked for; Efron, \
      JASA 82, 1987). The interval is for one site looked at alone.
      """
    case .band:
      """
      The same means with intervals that hold at every site of the curve at once: mean ± c standard \
      errors, c from the bootstrap distribution of the largest |t| (Romano & Wolf, Econometrica 73, 2005).
      """
    case .p:
      """
      p of a paired difference of 0 at one site alone: signs of documents' differences are flipped, in \
      every pattern up to 20 documents, beyond in as many drawn ones as there are resamples (Phipson & \
      Smyth, Stat. Appl. Genet. Mol. Biol. 9, 2010).
      """
    case .adjusted:
      """
      The same, adjusted for every site of the curve: the step-down max-T of Westfall & Young (1993, \
      algorithm 2.8) over shared patterns of signs. The family is all compared sites of one measure, order \
      and preparation; for prefixes, all sites and lengths of one measure and order. Below 0.05, a change.
      """
    case .discovery:
      """
      p adjusted so that the expected share of false finds among finds is bounded, over the same family \
      (Benjamini & Hochberg, JRSS B 57, 1995). Weaker than max-T, and named so.
      """
    case .effect:
      """
      d_z: the mean difference over the standard deviation of the documents' differences (Cohen 1988, \
      §2.3.5), with its bootstrap interval. It says how consistent a change is, not how large.
      """
    case .ratio:
      """
      Of entropies: exp(mean difference), the ratio of effective ranks (of geometric means over \
      documents). Of other measures: the ratio of the two means. With its bootstrap interval.
      """
    case .equivalent:
      """
      The mean difference with the 90 % t interval of two one-sided tests at 0.05 (Schuirmann 1987): "no \
      change" is shown where it lies within ± the margin, which a large p of the usual test never shows. \
      A claim about every site needs no correction: all of its tests must succeed (Berger 1982).
      """
    case .equivalentP: "The larger p of the two one-sided tests: below 0.05, no change is shown."
    case .range:
      """
      Neighbouring sites, in forward order and of one kind, whose adjusted p is below 0.05 and whose \
      differences have one sign. The estimate is the mean over the range of the mean differences, its \
      interval the mean of the simultaneous band's ends: it holds although the data chose the range.
      """
    case .unpaired:
      """
      The difference of two means over different documents. The interval combines those of each mean \
      (Zou & Donner, Stat. Med. 27, 2008), each from its own bootstrap. Nothing is tested.
      """
    case .diffERank:
      """
      exp(mean H of the untrained model) − exp(mean H of the trained), Wei et al., arXiv 2401.17139 v2, \
      algorithm (a). The whole expression is computed on every resample of the documents. Of several \
      seeds of the untrained model, the mean over seeds.
      """
    case .diffERankB:
      "mean exp H of the untrained model − mean exp H of the trained, algorithm (b) of the same paper."
    case .cka:
      """
      Debiased linear CKA over documents between the two models' mean token states at one site \
      (Song et al. 2012; Kornblith et al., arXiv 1905.00414): 1 where the corpus lies alike in both \
      spaces up to rotation and scale. Interval by a delete-a-block jackknife.
      """
    case .base, .tuned: "The mean over the compared documents, with its bootstrap interval."
    }
  }
}
