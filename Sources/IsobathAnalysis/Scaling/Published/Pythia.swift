// SPDX-License-Identifier: GPL-3.0-or-later

extension PublishedTables {
  /// Pythia. Entropies and losses: Wei et al., arXiv 2401.17139 v1, as reprinted in Li et al.,
  /// arXiv 2410.10672, tables 9 to 11. Shapes: Biderman et al., arXiv 2304.01373.
  static let pythia: SizeLadder = {
    let shapes = [
      ("14M", 6, 128, 50304), ("31M", 6, 256, 50304), ("70M", 6, 512, 50304),
      ("160M", 12, 768, 50304), ("410M", 24, 1024, 50304), ("1B", 16, 2048, 50304),
      ("1.4B", 24, 2048, 50304), ("2.8B", 32, 2560, 50304), ("6.9B", 32, 4096, 50432),
      ("12B", 36, 5120, 50688),
    ]
    let models = shapes.map { label, blocks, width, vocabulary in
      Blueprint(
        label: label, blocks: blocks, width: width, vocabulary: vocabulary, isTied: false
      ).model
    }
    let entropies: [(corpus: String, values: [Double])] = [
      (
        "dolly-15k",
        [0.7732, 0.7155, 0.6707, 0.6243, 0.576, 0.5328, 0.5309, 0.5263, 0.5003, 0.4876]
      ),
      (
        "wikipedia", [0.7938, 0.7442, 0.7003, 0.658, 0.6039, 0.5584, 0.5587, 0.5553, 0.5314, 0.514]
      ),
      (
        "openwebtext2",
        [0.8144, 0.7749, 0.737, 0.698, 0.6415, 0.5944, 0.5916, 0.5887, 0.5591, 0.5417]
      ),
      (
        "hh-rlhf", [0.7673, 0.7114, 0.6607, 0.6126, 0.5552, 0.5054, 0.5032, 0.4977, 0.4699, 0.4528]
      ),
    ]
    let losses: [(corpus: String, values: [Double])] = [
      (
        "dolly-15k",
        [4.4546, 4.0358, 3.599, 3.1323, 2.6752, 2.4843, 2.3816, 2.2484, 2.1368, 2.0616]
      )
    ]
    return SizeLadder(
      family: "Pythia", models: models,
      series: Self.entropies(models, entropies) + series(.loss, losses),
      source: """
        Wei et al., arXiv 2401.17139 v1, as reprinted in Li et al., arXiv 2410.10672, tables 9–11; \
        shapes from Biderman et al., arXiv 2304.01373
        """)
  }()
}
