// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathForward
import IsobathModel

extension Companions {
  /// What measuring holds beside the pass.
  ///
  /// - Parameters:
  ///   - sites: where states are measured.
  ///   - preparations: how many spectra each has.
  ///   - longest: tokens of the longest document.
  ///   - meanLength: tokens of a document on average; vectors are kept for each document.
  func memory(
    _ model: Model, sites: Int, preparations: Int, longest: Int, meanLength: Double
  ) -> MemoryPlan.Beside {
    let width = model.dimensions.width
    // A spectrum's eigenvalues, an order at every length and a contribution; rows are built from them.
    var perToken = 2 * sites * (8 * preparations + 8 + (contributions ? 12 : 0))
    let vectors = pooling.intersection([.mean, .last]).count + (pooling.contains(.views) ? 2 : 0)
    let positions =
      pooling.contains(.positions) ? 1 + longest.bitWidth - longest.leadingZeroBitCount : 0
    let pooled = 2 * sites * (vectors + positions) * width * 4
    perToken += Int((Double(pooled) / max(meanLength, 1)).rounded(.up))
    // The states of the site before, and their inner products.
    if !pairs.isEmpty { perToken += 8 * (width + longest) }
    var beside = MemoryPlan.Beside(perToken: perToken)
    if pooling.contains(.tokens) {
      // Two blocks of documents in a batch, their packed form, and a document's own on each thread.
      beside.fixed = sites * width * width * (2 * 8 + 2 * 4)
      beside.perThread = 3 * width * width * 8
    }
    return lens == .none ? beside : beside + .head(model.costs, model.dimensions)
  }
}
