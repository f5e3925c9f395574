// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// One kind of image processor: what a file may say and what is done then.
protocol ProcessorKind: Sendable {
  /// `image_processor_type` without an ending that names a backend.
  static var names: Set<String> { get }
  /// How bytes become numbers.
  var normalisation: Normalisation { get }
  /// Whether the encoder also takes a mask of pixels.
  var isMasked: Bool { get }

  init(_ keys: inout ProcessorKeys) throws(ImageError)

  /// The pictures that the encoder sees of one.
  func tiles(_ picture: Pixels, limit: Int) throws(ImageError) -> Tiling
}

extension ProcessorKind {
  var isMasked: Bool { false }
}

/// A checkpoint's image processor: what transformers 5 does, with the arithmetic of either backend.
package struct ImageProcessor: Sendable {
  /// Every kind that is known.
  static let kinds: [any ProcessorKind.Type] = [
    CLIPProcessor.self, SigLIPProcessor.self, ViTProcessor.self, LlavaProcessor.self,
    Idefics3Processor.self,
  ]

  /// The names that `image_processor_type` may have, sorted.
  package static var names: [String] { kinds.flatMap { Array($0.names) }.sorted() }

  private let kind: any ProcessorKind
  private let limits: ImageLimits

  /// - Parameters:
  ///   - json: `preprocessor_config.json`, or `processor_config.json` with an `image_processor` in it.
  ///   - path: the file, for messages.
  ///   - name: the kind for a file that does not say it.
  package init(
    _ json: JSON, path: String, name: String? = nil, backend: ImageBackend = .pillow,
    limits: ImageLimits = .standard
  ) throws(ImageError) {
    let own = json["image_processor"].flatMap { $0.kind == .object ? $0 : nil }
    var keys = try ProcessorKeys(own ?? json, path: path, backend: backend)
    let type = try keys.string("image_processor_type")
    let older = try keys.string("feature_extractor_type")
    guard let named = type ?? older ?? name else {
      throw .processor(.missing(key: "image_processor_type"), path: path)
    }
    let plain = ImageProcessor.plain(named)
    guard let kind = ImageProcessor.kinds.first(where: { $0.names.contains(plain) }) else {
      throw keys.refuse(
        "image_processor_type", "'\(named.prefix(60))'",
        supported: ImageProcessor.names.joined(separator: ", "))
    }
    self.kind = try kind.init(&keys)
    self.limits = limits
    try keys.finish()
  }

  /// The name without the ending of a backend, and as versions before 4.25 did not have it.
  private static func plain(_ name: String) -> String {
    var name = name.replacing("FeatureExtractor", with: "ImageProcessor")
    for ending in ["Fast", "Pil"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    return name
  }

  /// Reads a processor's description from a file.
  package static func read(
    _ path: String, name: String? = nil, backend: ImageBackend = .pillow,
    limits: ImageLimits = .standard
  ) throws(ImageError) -> ImageProcessor {
    let bytes = try ImageFile.read(path, limit: 1 << 20)
    let document: JSONDocument
    do throws(JSONError) { document = try JSONDocument(bytes) } catch {
      throw .json(error, path: path)
    }
    return try ImageProcessor(
      document.root, path: path, name: name, backend: backend, limits: limits)
  }

  /// What the encoder is fed for a picture.
  package func callAsFunction(_ picture: Pixels) throws(ImageError) -> ProcessedImage {
    let tiling = try kind.tiles(picture, limit: limits.processedPixels)
    return ProcessedImage(
      tiles: tiling.tiles.map { kind.normalisation($0) }, size: tiling.tiles[0].size,
      rows: tiling.rows, columns: tiling.columns, isMasked: kind.isMasked)
  }
}
