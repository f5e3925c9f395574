// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathTestSupport
import Testing

@testable import IsobathChart

/// The charts whose bytes are kept: the figures that a study of compression needs, and a small one
/// for each mark.
let examples: [(name: String, chart: @Sendable () -> Chart)] = [
  ("entropy-by-depth", entropyByDepth), ("renyi-by-layer", renyiByLayer),
  ("position-by-layer", positionByLayer), ("spectra-by-depth", spectraByDepth),
  ("spread-by-layer", spreadByLayer), ("quartiles-by-layer", quartilesByLayer),
  ("bar", barChart), ("bar-flat", flatBarChart), ("dot", dotChart), ("scaling", scalingChart),
  ("facets", facetChart), ("difference", differenceChart), ("names", namesChart),
  ("empty", emptyChart),
]

@Suite struct GoldenFigureTests {
  @Test(arguments: examples.indices)
  func figure(index: Int) throws {
    try expectGolden(examples[index].chart().svg, "chart-\(examples[index].name).svg")
  }
}
