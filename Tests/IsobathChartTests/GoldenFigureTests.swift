// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathTestSupport
import Testing

@testable import IsobathChart

/// The figures that a study of compression needs, as a reader would see them.
@Suite struct GoldenFigureTests {
  @Test(arguments: [
    ("entropy-by-depth", entropyByDepth), ("renyi-by-layer", renyiByLayer),
    ("position-by-layer", positionByLayer), ("spectra-by-depth", spectraByDepth),
    ("spread-by-layer", spreadByLayer), ("quartiles-by-layer", quartilesByLayer),
  ])
  func figure(name: String, chart: @Sendable () -> Chart) throws {
    try expectGolden(chart().svg, "chart-\(name).svg")
  }
}
