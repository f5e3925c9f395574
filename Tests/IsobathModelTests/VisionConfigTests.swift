// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathJSON
import IsobathModel
import IsobathTestSupport
import Testing

/// Configurations of vision encoders: as the field's checkpoints spell them, and wrong.
@Suite struct VisionConfigTests {
  /// Tokens, blocks and width of a configuration, read to its last key.
  private func sizes(_ name: String) throws -> [Int] {
    let root = try JSONDocument(Array(Fixtures.data("configs/vision.json"))).root
    let json = try #require(root[name])
    guard case .object(let values) = ConfigValue(json),
      case .string(let type)? = values["model_type"]
    else {
      Issue.record("\(name) is no configuration")
      return []
    }
    let family = try #require(families.first { $0.modelTypes.contains(type) })
    let reader = ConfigReader(values, file: name)
    let model = try family.init(reader)
    try reader.finish()
    let patches = try #require(model.patches)
    #expect(patches.tokens == model.dimensions.context)
    return [patches.tokens, model.dimensions.blocks, model.dimensions.width]
  }

  @Test(arguments: [
    ("clip-vit-base-patch32", [50, 12, 768]), ("clip-vit-large-patch14-336", [577, 24, 1024]),
    ("CLIP-ViT-H-14", [257, 32, 1280]), ("siglip-base-patch16-224", [196, 12, 768]),
    ("siglip-so400m-patch14-384", [729, 27, 1152]), ("vit-base-patch16-224", [197, 12, 768]),
  ])
  func everyKeyIsUnderstood(_ name: String, _ expected: [Int]) throws {
    #expect(try sizes(name) == expected)
  }

  @Test(arguments: [
    ("\"patch_size\": 8", "\"patch_size\": 33", "vision_config.patch_size"),
    ("\"patch_size\": 8", "\"patch_size\": 0", "vision_config.patch_size"),
    ("\"patch_size\": 8", "\"patch_size\": [8, 8]", "vision_config.patch_size"),
    ("\"patch_size\": 8", "\"patch_size\": 7", "[48, 3, 7, 7]"),
    ("\"image_size\": 32", "\"image_size\": 40", "vision_model.embeddings.position_embedding"),
    ("\"image_size\": 32", "\"image_size\": 2147483647", "vision_config.image_size"),
    ("\"num_channels\": 3", "\"num_channels\": 1", "[48, 1, 8, 8]"),
    ("\"num_channels\": 3", "\"num_channels\": 16384", "[48, 16384, 8, 8]"),
    ("\"hidden_size\": 48", "\"hidden_size\": 2147483644", "head_dim"),
    ("\"hidden_size\": 48", "\"hidden_size\": 262144", "[262144, 3, 8, 8]"),
    ("\"hidden_size\": 48", "\"hidden_size\": 44", "vision_model.embeddings"),
    ("\"num_channels\": 3", "\"num_channels\": 3, \"surprise\": 1", "vision_config.surprise"),
    ("\"projection_dim\": 24,", "\"projection_dim\": 24, \"surprise\": 1,", "surprise"),
    ("\"vision_config\": {", "\"vision_config\": null, \"vision\": {", "vision_config"),
    ("\"vision_config\": {", "\"vision_config\": 3, \"vision\": {", "vision_config"),
    ("\"model_type\": \"clip\",", "\"model_type\": \"clap\",", "clap"),
    ("\"model_type\": \"clip\",", "\"model_type\": \"clip_vision_model\",", "text_config"),
  ])
  func wrongConfigurationsAreRefusedByName(_ old: String, _ new: String, _ named: String) throws {
    let path = try Fixtures.altered("clip", old, new)
    do {
      _ = try Model.open(path)
      Issue.record("\(new) was accepted")
    } catch {
      let sentence = "\(error)"
      #expect(sentence.contains(named), "\(sentence) does not name \(named)")
      #expect(sentence.contains(path), "\(sentence) does not name the file")
      #expect(!sentence.contains("\n"))
    }
  }

  /// Their tensors do not fit each other's families.
  @Test func anotherFamilyIsRefused() throws {
    let path = try Fixtures.altered(
      "siglip", "\"model_type\": \"siglip\"",
      "\"model_type\": \"clip\", \"projection_dim\": 32")
    #expect(throws: (any Error).self) { try Model.open(path) }
  }

  /// Nothing is made of a vision encoder before its training.
  @Test func untrainedOnesAreRefused() throws {
    let change = WeightChange(normals: { _, _, target in target.update(repeating: 0) })
    for name in ["clip", "siglip", "vit"] {
      let error = #expect(throws: ModelError.self) {
        try Model.open(Fixtures.path("tiny/\(name)"), change)
      }
      #expect("\(try #require(error))".contains("'\(name)'"))
    }
  }

  @Test func sentences() {
    let shape = ImageShape(channels: 3, height: 2, width: 1)
    let error = ModelError.imageShape(
      document: "a\nb", found: shape, expected: ImageShape(channels: 3, height: 4, width: 4))
    #expect("\(error)".contains("3 × 2 × 1") && "\(error)".contains("3 × 4 × 4"))
    #expect(!"\(error)".contains("\n"))
  }
}
