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

  private func processed(_ processor: String, _ file: String) throws -> ProcessedImage {
    try ImageProcessor.read(Images.path("processors/\(processor).json"))(Images.pixels(file))
  }

  @Test(arguments: processors)
  func numbersAreThoseOfThePillowBackend(_ processor: String) throws {
    let reference = try Reference("processed")
    let worst = WorstError("\(processor) against Pillow", tolerance: Tolerances.processed)
    for file in ProcessorTests.files {
      let expected = try reference["\(processor).\(file).pil"]
      let found = try processed(processor, file)
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

  /// In 1/255 before normalisation. Two are left out: torchvision pads another side by the odd pixel of a
  /// larger crop, and its nearest pixel is another one.
  @Test(arguments: processors.filter { !["clip-larger-crop", "vit-nearest"].contains($0) })
  func numbersAreNearTorchvisions(_ processor: String) throws {
    let reference = try Reference("processed")
    let resizings = ["idefics3": 3, "idefics3-whole": 2, "smolvlm": 3][processor] ?? 1
    let worst = WorstError(
      "\(processor) against torchvision", tolerance: Tolerances.torchvision(resizings: resizings))
    let path = Images.path("processors/\(processor).json")
    let described = try JSONDocument(
      [UInt8](Fixtures.data("images/processors/\(processor).json"))
    ).root
    let deviation =
      described["do_normalize"]?.bool == false
      ? [1, 1, 1] : described["image_std"]?.elements.compactMap(\.double) ?? []
    try #require(deviation.count == 3, "\(path)")
    let unit = described["do_rescale"]?.bool == false ? 1.0 : 255.0
    for file in ProcessorTests.files {
      let expected = try reference["\(processor).\(file).torchvision"]
      let found = try processed(processor, file)
      try #require(expected.floats.count == found.tiles.joined().count)
      let plane = found.size.pixels
      for (index, (a, b)) in zip(found.tiles.joined(), expected.floats).enumerated() {
        let scale = deviation[index / plane % 3] * unit
        worst.record((Double(a) - Double(b)) * scale, at: file)
      }
    }
    worst.check()
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
