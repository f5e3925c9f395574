// SPDX-License-Identifier: GPL-3.0-or-later

/// What is read off the model itself: its attention weights and its predictions.
extension SiteScalar {
  package static let sinkRate = SiteScalar(
    id: "attention-sink-rate", title: "Attention-sink rate", symbol: "sink rate", unit: .one,
    formula: "share of heads with (1/N) Σ_t A_t1 > 0.3, in the block before the site",
    about: """
      How many of a block's heads spend their attention on the first token: A_t1 is the weight that \
      query t gives to it, the first query's own weight of 1 included. Gu et al., arXiv 2410.10781. A \
      short document has a high rate whatever the model does, because few tokens share the weight.
      """)

  package static let attentionToFirst = SiteScalar(
    id: "attention-to-first", title: "Attention to the first token", symbol: "mean A_t1",
    unit: .one, formula: "mean over heads and queries of A_t1, in the block before the site",
    about: """
      The share of all attention that goes to the first token. Even attention would give \
      (1/N) Σ 1/t, about (ln N + 0.58)/N. Gu et al., arXiv 2410.10781.
      """)

  package static let loss = SiteScalar(
    id: "loss", title: "Loss", symbol: "L", unit: .nats,
    formula: "−(1/(N − 1)) Σ_t ln p(x_{t+1} | x_1 … x_t)",
    about: """
      How well the model foretells the document, nats per token: the paper's companion to matrix \
      entropy (Wei et al., arXiv 2401.17139). Losses of different tokenizers are not comparable.
      """)

  package static let predictionEntropy = SiteScalar(
    id: "prediction-entropy", title: "Entropy of the predictions", symbol: "H(p)", unit: .nats,
    formula: "(1/N) Σ_t −Σ_v p_t(v) ln p_t(v)",
    about: """
      How undecided the model is about the next token, on average. Above the loss, it is less sure than \
      it could be; below, surer than it should be. Guo et al., arXiv 1706.04599.
      """)

  package static let lensLoss = SiteScalar(
    id: "lens-loss", title: "Loss of the logit lens", symbol: "L_k", unit: .nats,
    formula: "the loss of head(norm(x)) for the states x of this site",
    about: """
      What the loss would be if the model ended here: the states go through the final norm and the \
      language-model head (nostalgebraist 2020). Early states are not made to be read like this, so a \
      high value does not say that they do not know the next token (Belrose et al., arXiv 2303.08112).
      """)

  package static let lensEntropy = SiteScalar(
    id: "lens-entropy", title: "Entropy of the logit lens", symbol: "H(p_k)", unit: .nats,
    formula: "(1/N) Σ_t −Σ_v p_t(v) ln p_t(v) of head(norm(x)) for the states x of this site",
    about: """
      How undecided the logit lens is: ln of the vocabulary at most. Where it falls with depth, the \
      states commit themselves to a next token. nostalgebraist 2020; Belrose et al., arXiv 2303.08112.
      """)
}
