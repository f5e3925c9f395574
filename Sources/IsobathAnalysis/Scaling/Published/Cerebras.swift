// SPDX-License-Identifier: GPL-3.0-or-later

extension PublishedTables {
  /// Cerebras-GPT. Entropies and losses: Wei et al., arXiv 2401.17139 v1, as reprinted in Li et al.,
  /// arXiv 2410.10672, tables 9 to 11; Diff-eRank: 2401.17139 v2. Shapes: Dey et al., arXiv 2304.03208.
  static let cerebras: SizeLadder = {
    let shapes = [
      ("111M", 10, 768), ("256M", 14, 1088), ("590M", 18, 1536), ("1.3B", 24, 2048),
      ("2.7B", 32, 2560), ("6.7B", 32, 4096), ("13B", 40, 5120),
    ]
    let models = shapes.map { label, blocks, width in
      Blueprint(label: label, blocks: blocks, width: width, vocabulary: 50257, positions: 2048)
        .model
    }
    let entropies: [(corpus: String, values: [Double])] = [
      ("dolly-15k", [0.5976, 0.584, 0.5582, 0.5477, 0.524, 0.5064, 0.4859]),
      ("wikipedia", [0.6177, 0.6077, 0.5848, 0.5786, 0.5523, 0.5368, 0.5126]),
      ("openwebtext2", [0.6527, 0.6479, 0.6206, 0.6142, 0.5855, 0.5683, 0.5463]),
      ("hh-rlhf", [0.5753, 0.5635, 0.535, 0.5268, 0.4971, 0.4813, 0.464]),
      ("openbookqa", [0.3575, 0.3416, 0.3237, 0.314, 0.2991, 0.2848, 0.2767]),
      ("winogrande", [0.4073, 0.3915, 0.3706, 0.3605, 0.3419, 0.3272, 0.3149]),
      ("piqa", [0.4168, 0.3991, 0.3783, 0.3676, 0.3504, 0.3344, 0.3264]),
    ]
    let losses: [(corpus: String, values: [Double])] = [
      ("dolly-15k", [3.671, 3.2907, 3.0359, 2.7517, 2.5015, 2.2911, 2.3098]),
      ("wikipedia", [3.29, 2.9343, 2.6854, 2.4282, 2.2045, 2.0216, 2.0327]),
      ("openwebtext2", [3.7509, 3.3852, 3.1414, 2.886, 2.6465, 2.4708, 2.4685]),
      ("hh-rlhf", [3.3078, 2.9964, 2.8171, 2.6431, 2.4622, 2.3526, 2.3323]),
    ]
    let ranks: [(corpus: String, values: [Double])] = [
      ("dolly-15k", [42.48, 42.68, 45.9, 46.0, 53.9, 67.13, 77.78])
    ]
    return SizeLadder(
      family: "Cerebras-GPT", models: models,
      series: Self.entropies(models, entropies) + series(.diffErank, ranks)
        + series(.loss, losses),
      source: """
        Wei et al., arXiv 2401.17139 v1, as reprinted in Li et al., arXiv 2410.10672, tables 9–11; \
        Diff-eRank from 2401.17139 v2; shapes from Dey et al., arXiv 2304.03208
        """)
  }()
}
