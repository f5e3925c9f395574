// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathImage
import IsobathJSON
import IsobathTestSupport
import Testing

/// What encoders are fed against what transformers feeds them.
@Suite struct ProcessorTests {
  private static let files = ["wide.jpg", "tall.jpg", "rgb.png", "one.png"]
  static let processors = [
    "clip", "clip-larger-crop", "clip-bounded", "clip-scaled", "siglip", "siglip-bytes", "vit",
    "vit-nearest", "vit-within", "llava", "llava-pad", "idefics3", "idefics3-whole", "smolvlm",
  ]

  private func processed(
    _ processor: String, _ file: String, _ backend: ImageBackend = .pillow
  ) throws -> ProcessedImage {
    let path = Images.path("processors/\(processor).json")
    return try ImageProcessor.read(path, backend: backend)(Images.pixels(file))
  }

  private func compare(
    _ processor: String, _ backend: ImageBackend, _ ending: String, _ tolerance: Double
  ) throws {
    let reference = try Reference("processed")
    let worst = WorstError("\(processor) against \(backend)", tolerance: tolerance)
    for file in ProcessorTests.files {
      let expected = try reference["\(processor).\(file).\(ending)"]
      let found = try processed(processor, file, backend)
      #expect(
        expected.shape == [found.tiles.count, 3, found.size.height, found.size.width],
        "\(processor) \(file)")
      for (a, b) in zip(found.tiles.joined(), expected.floats) {
        worst.record(Double(a) - Double(b), at: file)
      }
      if let grid = reference.tensors["\(processor).\(file).grid"] {
        #expect([found.rows, found.columns] == grid.ints, "\(processor) \(file)")
      }
    }
    worst.check()
  }

  @Test(arguments: processors)
  func numbersAreThoseOfThePillowBackend(_ processor: String) throws {
    try compare(processor, .pillow, "pil", Tolerances.processed)
  }

  @Test(arguments: processors)
  func numbersAreThoseOfTheTorchvisionBackend(_ processor: String) throws {
    try compare(processor, .torchvision, "torchvision", Tolerances.processed)
  }

  @Test func onlyTilesThatThePaddingAsksForAreMasked() throws {
    let mask = try processed("idefics3", "wide.jpg").pixelMask
    #expect(mask == Array(repeating: 1, count: 256))
    #expect(try processed("smolvlm", "wide.jpg").pixelMask == nil)
    #expect(try processed("clip", "wide.jpg").pixelMask == nil)
  }

  /// Old files, files of other backends and `processor_config.json` say the same.
  @Test func otherSpellingsMeanTheSame() throws {
    let plain = try processed("clip", "wide.jpg")
    let core = """
      "crop_size": 30, "do_center_crop": true, "do_normalize": true, "do_resize": true, "resample": 3,
      "image_mean": [0.48145466, 0.4578275, 0.40821073],
      "image_std": [0.26862954, 0.26130258, 0.27577711], "size": 30
      """
    let spellings = [
      "{\"feature_extractor_type\": \"CLIPFeatureExtractor\", \(core)}",
      "{\"image_processor_type\": \"CLIPImageProcessorFast\", \"do_pad\": null, \(core)}",
      "{\"image_processor\": {\"image_processor_type\": \"CLIPImageProcessor\", \(core)}, \"other\": 1}",
    ]
    for text in spellings {
      let processor = try ImageProcessor(Images.json(text), path: "p.json")
      #expect(try processor(Images.pixels("wide.jpg")).tiles == plain.tiles)
    }
    let unnamed = try ImageProcessor(
      Images.json("{\(core)}"), path: "p.json", name: "CLIPImageProcessor")
    #expect(try unnamed(Images.pixels("wide.jpg")).tiles == plain.tiles)
  }

  @Test func everyKindHasAFixture() throws {
    let described = try ProcessorTests.processors.map { name in
      try JSONDocument([UInt8](Fixtures.data("images/processors/\(name).json")))
        .root["image_processor_type"]?.string
    }
    for name in ImageProcessor.names { #expect(described.contains(name), "\(name)") }
  }
}
