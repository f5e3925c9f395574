// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathModel
import IsobathTestSupport
import Testing

/// CLIP's encoder where it is a part of a larger model: its numbers in a nested configuration, its names
/// below a prefix.
private struct Tower: Architecture {
  static let name = "tower"
  static let about = "a part of LLaVA (arXiv 2304.08485)"
  static let modelTypes: Set<String> = []
  static var gguf: GGUFNames? { nil }
  static func initialisation(of modelType: String) -> Initialisation? { nil }
  static func ignores(_ tensor: String) -> Bool {
    !tensor.hasPrefix("vision_tower.") || CLIP.ignores(String(tensor.dropFirst(13)))
  }

  private let encoder: CLIP

  init(_ c: ConfigReader) throws {
    encoder = try CLIP(#require(try c.nested("vision_config")))
  }

  var dimensions: Dimensions { encoder.dimensions }
  var patches: PatchGrid? { encoder.patches }
  var isCausal: Bool { false }
  func hasSite(_ site: Site) -> Bool { encoder.hasSite(site) }
  func embedding(_ w: Weights) throws -> any Embedding { try encoder.embedding(w["vision_tower"]) }
  func block(_ index: Int, _ w: Weights) throws -> any Block {
    try encoder.block(index, w["vision_tower"])
  }
  func finalNorm(_ w: Weights) throws -> any RowMap { try encoder.finalNorm(w["vision_tower"]) }
}

/// The families of vision encoders as parts of larger models.
@Suite struct TowerTests {
  static let worst = WorstError("LLaVA's vision tower", tolerance: Tolerance.tinyStates)

  @Test func everyHiddenState() throws {
    let checkpoint = try Checkpoint.open(Fixtures.path("tiny/llava"))
    let config = ConfigReader(checkpoint.config, file: checkpoint.configFile)
    let model = try Model(checkpoint, Tower(config))
    let fixture = try VisionFixture(model, Expected("llava"))
    let found = try fixture.states()
    let hidden = try fixture.expected.floats("vision_hidden_states")
    let size = hidden.count / 4 / found.count
    for entry in 0...3 {
      for (index, states) in found.enumerated() {
        let start = (entry * found.count + index) * size
        Self.worst.record(
          relativeError(
            try #require(states[.residual(depth: entry)]), hidden[start..<(start + size)]),
          at: "residual.\(entry)")
      }
    }
    Self.worst.check()
  }
}
