// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathTestSupport
import Testing

@testable import IsobathChart

@Suite struct LayoutTests {
  @Test func nudgedLabelsDoNotMeet() {
    var noise = Noise(5)
    for _ in 0..<2000 {
      let count = 1 + Int(noise.uniform() * 12)
      let wanted = (0..<count).map { _ in noise.uniform() * 300 }
      let heights = (0..<count).map { _ in 10 + noise.uniform() * 12 }
      let centres = nudged(wanted, heights: heights, within: 0...300)
      let order = centres.indices.sorted { centres[$0] < centres[$1] }
      for (a, b) in zip(order, order.dropFirst()) {
        #expect(centres[a] + heights[a] / 2 <= centres[b] - heights[b] / 2 + 1e-9)
        #expect(wanted[a] <= wanted[b], "labels keep their order")
      }
      #expect(centres[order[0]] - heights[order[0]] / 2 >= -1e-9)
      let last = order[count - 1]
      #expect(centres[last] + heights[last] / 2 <= 300 + 1e-9)
    }
  }

  /// The block's centre is the mean of the wishes; what has room stays.
  @Test func nudgingIsTheLeastSquares() {
    #expect(nudged([50, 52, 200], heights: [10, 10, 10], within: 0...300) == [46, 56, 200])
    #expect(nudged([50], heights: [10], within: 0...300) == [50])
    #expect(nudged([], heights: [], within: 0...300).isEmpty)
    #expect(nudged([1, 2, 3], heights: [10, 10, 10], within: 0...300) == [5, 15, 25])
  }

  @Test func simplifiedLinesPassWhatTheyLeaveOut() {
    let worst = WorstError("distance to a point left out", tolerance: Tolerances.simplified)
    var noise = Noise(9)
    for round in 0..<300 {
      let step = noise.uniform() * 3
      var points: [Point] = []
      for index in 0..<400 {
        let bend = Double(index) / 400
        points.append(
          Point(
            x: Double(index) * step, y: 200 * bend * bend + noise.gaussian() * Double(round % 3)))
      }
      let kept = simplified(points)
      #expect(kept.first == points.first && kept.last == points.last)
      for point in points { worst.record(distance(point, to: kept), at: "round \(round)") }
    }
    worst.check()
    #expect(simplified((0..<500).map { Point(x: Double($0), y: 2 * Double($0)) }).count == 2)
  }

  private func distance(_ point: Point, to line: [Point]) -> Double {
    zip(line, line.dropFirst()).map { a, b in
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let square = dx * dx + dy * dy
      let along = square > 0 ? ((point.x - a.x) * dx + (point.y - a.y) * dy) / square : 0
      let place = min(max(along, 0), 1)
      let (ex, ey) = (a.x + place * dx - point.x, a.y + place * dy - point.y)
      return (ex * ex + ey * ey).squareRoot()
    }.min() ?? 0
  }

  @Test func textIsBrokenToFit() {
    let font = Font(size: 12)
    let long = String(repeating: "unbreakable", count: 20)
    for width in [40.0, 90, 300] {
      for text in ["Matrix entropy of each layer's residual stream", long, "", " ", "a"] {
        let block = TextBlock(text, font: font, width: width, limit: 3)
        #expect(block.lines.count <= 3)
        #expect(block.width <= width, "\(block.lines) in \(width)")
        let whole = TextBlock(text, font: font, width: width, limit: 99).lines.joined()
        #expect(whole.filter { $0 != " " } == text.filter { $0 != " " }, "no letter is lost")
      }
    }
    #expect(font.shortened("HuggingFaceTB/SmolLM2-135M", to: 100).hasSuffix("135M"))
    #expect(font.width(font.shortened(long, to: 100)) <= 100)
  }

  @Test func dotsOfASwarmTouchAtMost() {
    let worst = WorstError("overlap of two dots", tolerance: Tolerances.swarm)
    let data = documentValues(documents: 40, layers: 3)
    let svg =
      Chart("s", description: "d", x: Axis("x"), y: Axis("y")) {
        Swarm(data, x: \.layer, y: \.value, style: Style(width: 4))
      }.svg
    let path = SVGReader.read(svg)?.compactMap { $0.attributes["d"] }.first { $0.contains("h0") }
    let dots = (path ?? "").split(separator: "M").map { dot in
      dot.dropLast(2).split(separator: " ").compactMap { Double($0) }
    }
    #expect(dots.count == data.count)
    for (index, a) in dots.enumerated() {
      for b in dots[(index + 1)...] {
        let (dx, dy) = (a[0] - b[0], a[1] - b[1])
        // Coordinates are printed to a hundredth of a pixel.
        let apart = (dx * dx + dy * dy).squareRoot() + 0.015
        worst.record(max(0, 1 - apart / 4), at: "\(a) \(b)")
      }
    }
    worst.check()
  }
}
