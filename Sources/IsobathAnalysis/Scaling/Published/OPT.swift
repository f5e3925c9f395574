// SPDX-License-Identifier: GPL-3.0-or-later

extension PublishedTables {
  /// OPT. Diff-eRank and reduced loss: Wei et al., arXiv 2401.17139 v2 (NeurIPS 2024), tables 6 to 9.
  /// Shapes: Zhang et al., arXiv 2205.01068.
  static let opt: SizeLadder = {
    let shapes = [
      ("125M", 12, 768), ("1.3B", 24, 2048), ("2.7B", 32, 2560), ("6.7B", 32, 4096),
      ("13B", 40, 5120),
    ]
    // Positions begin at 2.
    let models = shapes.map { label, blocks, width in
      Blueprint(label: label, blocks: blocks, width: width, vocabulary: 50272, positions: 2050)
        .model
    }
    let ranks: [(corpus: String, values: [Double])] = [
      ("dolly-15k", [54.35, 76.39, 83.02, 89.6, 89.81]),
      ("wikipedia", [83.55, 136.2, 148.59, 161.09, 162.88]),
      ("openwebtext2", [103.23, 184.76, 205.48, 254.3, 262.7]),
      ("hh-rlhf", [53.02, 76.44, 82.82, 90.41, 93.3]),
    ]
    let losses: [(corpus: String, values: [Double])] = [
      ("dolly-15k", [7.6838, 8.322, 8.4471, 8.5961, 8.6505]),
      ("wikipedia", [7.8671, 8.4575, 8.5746, 8.7009, 8.7581]),
      ("openwebtext2", [7.809, 8.3601, 8.4697, 8.5915, 8.6396]),
      ("hh-rlhf", [8.1041, 8.48, 8.5242, 8.5914, 8.6928]),
    ]
    return SizeLadder(
      family: "OPT", models: models,
      series: series(.diffErank, ranks)
        + series(.diffErankOfDocuments, [("dolly-15k", [66.81, 103.78, 114.6, 128.99, 131.42])])
        + series(
          .diffErank, [("dolly-15k", [73.07, 73.03, 66.93, 49.24, 41.83])], place: "first layer")
        + series(
          .diffErank, [("dolly-15k", [87.75, 51.98, 56.16, 66.63, 73.88])], place: "middle layer")
        + series(.reducedLoss, losses),
      source: """
        Wei et al., arXiv 2401.17139 v2 (NeurIPS 2024), tables 6–9; shapes from Zhang et al., \
        arXiv 2205.01068
        """)
  }()
}
