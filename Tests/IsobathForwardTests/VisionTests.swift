// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathForward
import IsobathLinear
import IsobathModel
import IsobathTestSupport
import Synchronization
import Testing

/// A tiny vision encoder, the pictures that the reference saw, and the states that it gave them.
struct VisionFixture {
  let model: Model
  let expected: Expected
  let images: [ImageDocument]

  init(_ name: String, folder: String? = nil) throws {
    try self.init(Model.open(folder ?? Fixtures.path("tiny/\(name)")), Expected(name))
  }

  init(_ model: Model, _ expected: Expected) throws {
    let shape = try #require(model.images)
    let pixels = try expected.floats("pixel_values")
    images = (0..<expected.shape("pixel_values")[0]).map { index in
      let start = index * shape.count
      return ImageDocument(
        name: "picture \(index)", shape: shape,
        pixels: Array(pixels[start..<(start + shape.count)]))
    }
    (self.model, self.expected) = (model, expected)
  }

  /// Every state of a run, by picture and site.
  func states(
    _ images: [ImageDocument]? = nil, residency: MemoryPlan.Residency = .resident,
    stretching: Bool = false, patch: [Hook] = []
  ) throws -> [[Site: [Float]]] {
    let images = images ?? self.images
    let found = Mutex([[Site: [Float]]](repeating: [:], count: images.count))
    let keep = Hook.observe(model.sites) { site, document, states in
      var values: [Float] = []
      for token in 0..<states.tokens { states.withToken(token) { values += $0 } }
      found.withLock { $0[document.index][site] = values }
    }
    try ForwardPass(model, residency: residency)(
      images, stretchingPositions: stretching, hooks: patch + [keep])
    return found.withLock { $0 }
  }
}

/// Vision encoders: hidden states against transformers, given the same pixels.
@Suite struct VisionTests {
  static let checkpoints = [
    "clip", "siglip", "vit", "clip-vision", "siglip-uneven", "vit-classifier",
  ]
  static let worst = WorstError("vision encoders, hidden states", tolerance: Tolerance.tinyStates)

  /// Every entry of `hidden_states` is a residual, the last one too; `last_hidden_state` is the norm
  /// after it where there is one, and CLIP has none.
  private func compare(_ fixture: VisionFixture, _ name: String) throws {
    let found = try fixture.states()
    let blocks = fixture.model.dimensions.blocks
    let hidden = try fixture.expected.floats("vision_hidden_states")
    let last = try fixture.expected.floats("vision_last")
    let size = last.count / found.count
    #expect(hidden.count == (blocks + 1) * last.count)
    let end: Site =
      fixture.model.sites.contains(.finalNorm) ? .finalNorm : .residual(depth: blocks)
    for (index, states) in found.enumerated() {
      for entry in 0...blocks {
        let start = (entry * found.count + index) * size
        let error = relativeError(
          try #require(states[.residual(depth: entry)]), hidden[start..<(start + size)])
        Self.worst.record(error, at: "\(name), residual.\(entry)")
      }
      let error = relativeError(
        try #require(states[end]), last[(index * size)..<((index + 1) * size)])
      Self.worst.record(error, at: "\(name), last_hidden_state")
    }
    Self.worst.check()
  }

  @Test(arguments: checkpoints) func everyHiddenState(_ name: String) throws {
    try compare(VisionFixture(name), name)
  }

  @Test(arguments: ["clip", "siglip", "vit"]) func olderConfiguration(_ name: String) throws {
    let folder = try Fixtures.temporaryFolder()
    for (from, to) in [
      ("model.safetensors", "model.safetensors"), ("config.legacy.json", "config.json"),
    ] {
      try FileManager.default.copyItem(
        atPath: Fixtures.path("tiny/\(name)/\(from)"), toPath: folder.appending(path: to).path)
    }
    try compare(
      VisionFixture(name, folder: folder.path), "\(name), older configuration")
  }

  /// Where older writers stored both, `vision_config_dict` is what transformers takes.
  @Test func theOtherVisionConfiguration() throws {
    let folder = try Fixtures.altered(
      "clip", "\"vision_config\": {",
      "\"vision_config\": {\"hidden_size\": 7}, \"vision_config_dict\": {")
    try compare(VisionFixture("clip", folder: folder), "vision_config_dict")
  }

  /// Pictures of other sizes, among them some of the model's own, with stretched positions.
  @Test(arguments: ["clip-vision", "siglip-uneven", "vit-classifier"])
  func otherSizes(_ name: String) throws {
    let fixture = try VisionFixture(name)
    let names = ["wide", "small"]
    let others = try names.map { name in
      let sizes = fixture.expected.shape("\(name)_pixel_values")
      return ImageDocument(
        name: name, shape: ImageShape(channels: sizes[1], height: sizes[2], width: sizes[3]),
        pixels: try fixture.expected.floats("\(name)_pixel_values"))
    }
    let found = try fixture.states([others[0], fixture.images[0], others[1]], stretching: true)
    for (name, states) in zip(names, [found[0], found[2]]) {
      let hidden = try fixture.expected.floats("\(name)_hidden_states")
      let size = hidden.count / 3
      for entry in 0...2 {
        Self.worst.record(
          relativeError(
            try #require(states[.residual(depth: entry)]),
            hidden[(entry * size)..<((entry + 1) * size)]),
          at: "\(fixture.model.family), \(name) picture, residual.\(entry)")
      }
    }
    Self.worst.check()
    #expect(try found[1] == fixture.states()[0])
    #expect(throws: ModelError.self) { try fixture.states(others) }
  }

  /// What has no whole patch, or other planes, is refused at any size.
  @Test func whatCannotBeStretchedIsRefused() throws {
    let fixture = try VisionFixture("clip")
    for shape in [
      ImageShape(channels: 3, height: 7, width: 32), ImageShape(channels: 3, height: 32, width: 7),
      ImageShape(channels: 4, height: 32, width: 32), ImageShape(channels: 3, height: 32, width: 0),
    ] {
      let image = ImageDocument(
        name: "wrong", shape: shape, pixels: [Float](repeating: 0, count: shape.count))
      #expect(throws: ModelError.self) { try fixture.states([image], stretching: true) }
    }
  }

  @Test(arguments: checkpoints) func aloneAsInABatchBitForBit(_ name: String) throws {
    let fixture = try VisionFixture(name)
    let together = try fixture.states()
    for (index, image) in fixture.images.enumerated() {
      #expect(try fixture.states([image])[0] == together[index])
    }
    #expect(try fixture.states(residency: .streaming) == together)
    #expect(together[0] != together[1])
    #expect(try fixture.states([]).isEmpty)
  }

  @Test(arguments: [
    ("clip", 17, false), ("siglip", 16, true), ("vit", 17, true), ("clip-vision", 17, false),
    ("siglip-uneven", 9, true), ("vit-classifier", 10, true),
  ])
  func sitesAndSizes(_ name: String, _ tokens: Int, _ hasFinalNorm: Bool) throws {
    let model = try Model.open(Fixtures.path("tiny/\(name)"))
    #expect(model.sites.contains(.finalNorm) == hasFinalNorm)
    #expect(model.dimensions.context == tokens && model.dimensions.vocabulary == 0)
    #expect(!model.isCausal)
    let blocks = model.dimensions.blocks
    #expect(model.lastHiddenState == .residual(depth: blocks))
    for spelling in ["hidden_states.-1", "hidden_states.\(blocks)", "residual.\(blocks)"] {
      #expect(try SiteSelection.parse(spelling, of: model) == [.residual(depth: blocks)])
    }
  }

  /// What the reference's counts of parameters come to, without heads and text towers.
  @Test func parameters() throws {
    let model = try Model.open(Fixtures.path("tiny/vit"))
    let (width, inner) = (48, 96)
    let embedding = 48 * 3 * 64 + 48 + 48 + 17 * 48
    let block = 4 * (width * width + width) + 2 * width * inner + inner + width + 4 * width
    #expect(model.parameters == embedding + 3 * block + 2 * width)
    #expect(model.nonEmbeddingParameters == model.parameters - 17 * 48)
    #expect(model.costs.blocks == [Int](repeating: 4 * block, count: 3))
    #expect(model.costs.ends == 4 * (embedding + 2 * width))
  }

  /// The hooks of text: patches change what follows, attention sees a picture's tokens in both directions.
  @Test func hooks() throws {
    let fixture = try VisionFixture("vit")
    let ablate = Hook.patch([.attentionOut(block: 1)]) { _, _, states in
      for token in 0..<states.tokens {
        for feature in 0..<states.width { states[token, feature] = 0 }
      }
    }
    let (plain, without) = (try fixture.states(), try fixture.states(patch: [ablate]))
    #expect(without[0][.residual(depth: 1)] == plain[0][.residual(depth: 1)])
    #expect(without[0][.residualMid(block: 1)] == plain[0][.residual(depth: 1)])
    #expect(without[0][.residual(depth: 2)] != plain[0][.residual(depth: 2)])
    let seen = Mutex<[Float]>([])
    let watch = Hook.observeAttention([0]) { weights in
      guard weights.queries.contains(0), weights.head == 0 else { return }
      let row = (0..<weights.tokens).map { weights[query: 0, key: $0] }
      #expect(row.count == 17 && row.allSatisfy { $0 > 0 })
      seen.withLock { $0.append(row.reduce(0, +)) }
    }
    try ForwardPass(fixture.model)(fixture.images, hooks: [watch])
    let sums = seen.withLock { $0 }
    #expect(sums.count == 2 && sums.allSatisfy { abs($0 - 1) < 1e-5 })
  }

  /// The order of a patch's numbers: channel by channel, row by row; the rest of the picture is left out.
  @Test func unfolding() throws {
    let config = ConfigReader(
      ["image_size": .number(5), "patch_size": .number(2), "num_channels": .number(2)], file: "x")
    let grid = try PatchGrid(config, side: 16, hasClass: false)
    #expect(grid.count == 4 && grid.tokens == 4 && grid.values == 8)
    let pixels = (0..<50).map(Float.init)
    let image = ImageDocument(name: "x", shape: grid.image, pixels: pixels)
    let rows = PatchGrid.unfold([image, image], [grid, grid])
    #expect(rows.rows == 8)
    let elements = rows.elements
    #expect(Array(elements[8..<16]) == [2, 3, 7, 8, 27, 28, 32, 33])
    #expect(Array(elements[16..<24]) == [10, 11, 15, 16, 35, 36, 40, 41])
    #expect(Array(elements[32...]) == Array(elements[..<32]))
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let fixture = try VisionFixture("clip")
    let expected = ImageShape(channels: 3, height: 32, width: 32)
    for found in [
      ImageShape(channels: 1, height: 32, width: 32),
      ImageShape(channels: 3, height: 32, width: 40),
    ] {
      let image = ImageDocument(
        name: "wrong", shape: found, pixels: [Float](repeating: 0, count: found.count))
      #expect(
        throws: ModelError.imageShape(document: "wrong", found: found, expected: expected)
      ) { try ForwardPass(fixture.model)([fixture.images[0], image], hooks: []) }
    }
    let text = TokenizedDocument(name: "text", ids: [1, 2])
    let path = fixture.model.checkpoint.path
    #expect(throws: ModelError.readsImages(family: "clip", file: path)) {
      try ForwardPass(fixture.model)([text], hooks: [])
    }
    let language = try Model.open(Fixtures.path("tiny/gpt2"))
    #expect(
      throws: ModelError.readsText(family: "gpt2", file: language.checkpoint.path)
    ) { try ForwardPass(language)(fixture.images, hooks: []) }
  }
}
