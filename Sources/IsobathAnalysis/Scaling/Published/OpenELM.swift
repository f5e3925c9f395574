// SPDX-License-Identifier: GPL-3.0-or-later

extension PublishedTables {
  /// OpenELM. Diff-eRank: Wei et al., arXiv 2401.17139 v2 (NeurIPS 2024). Its blocks differ in width,
  /// so that the parameters are the sums over its configurations; Mehta et al., arXiv 2404.14619. Head
  /// and embedding, 32 000 × d, are one.
  static let openELM: SizeLadder = {
    let sizes = [
      ("270M", 271_527_168, 1280), ("450M", 457_179_136, 1536), ("1.1B", 1_079_891_456, 2048),
      ("3B", 3_036_647_424, 3072),
    ]
    let models = sizes.map { label, parameters, width in
      SizedModel(
        label: label, parameters: parameters, nonEmbedding: parameters - 32_000 * width,
        width: width)
    }
    return SizeLadder(
      family: "OpenELM", models: models,
      series: series(
        .diffErank,
        [
          ("dolly-15k", [114.76, 115.69, 117.53, 119.4])
        ]),
      source: """
        Wei et al., arXiv 2401.17139 v2 (NeurIPS 2024); parameters summed over the configurations of \
        Mehta et al., arXiv 2404.14619
        """)
  }()
}
