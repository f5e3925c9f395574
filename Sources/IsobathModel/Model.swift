// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear

/// What a model's parts take in memory as float32, in bytes.
public struct ModelCosts: Sendable, Equatable {
  /// Each block's weights.
  public let blocks: [Int]
  /// What stays beside them: the final norm, and what makes pictures' patches tokens.
  public let ends: Int
  /// The language-model head, where something asks for it; 0 where there is none.
  public let head: Int

  package init(blocks: [Int], ends: Int, head: Int = 0) {
    self.blocks = blocks
    self.ends = ends
    self.head = head
  }
}

/// A checkpoint that a family has understood: every tensor named, every shape checked, none loaded.
public struct Model: Sendable {
  /// The family that runs it.
  public let family: String
  /// Its sizes.
  public let dimensions: Dimensions
  /// Its sites, in the order in which a forward pass meets them.
  public let sites: [Site]
  /// What its parts take in memory.
  public let costs: ModelCosts
  /// The number of elements of all tensors that hidden states depend on.
  public let parameters: Int
  /// Those among them that are in no table of embeddings: of tokens, positions or types.
  package let nonEmbeddingParameters: Int
  /// Why `head()` and `lens()` are nil, where they are.
  package let noHead: NoHead?
  package let checkpoint: Checkpoint
  private let architecture: any Architecture
  let weights: Weights

  /// Opens a checkpoint: a folder with config.json and weights, or a `.gguf` file.
  ///
  /// - Throws: `ModelError` when no family reads it or reads all of it; an error that names the file
  ///   and the tensor or key when it is damaged or does not fit its configuration.
  public static func open(_ path: String) throws -> Model { try Model(Checkpoint.open(path)) }

  /// Opens a checkpoint whose weights are to be others than it stores.
  package static func open(_ path: String, _ change: WeightChange) throws -> Model {
    try Model(Checkpoint.open(path), change)
  }

  package init(_ checkpoint: Checkpoint, _ change: WeightChange = WeightChange()) throws {
    let match = try Model.match(checkpoint)
    let reader = ConfigReader(
      match.config, file: checkpoint.configFile, spelling: match.spelling)
    let architecture = try match.type.init(reader)
    try reader.finish()
    var treatment = WeightTreatment(rounding: change.rounding)
    if let normals = change.normals {
      let laws = try match.laws(reader, checkpoint, blocks: architecture.dimensions.blocks)
      treatment.maker = InitialWeights(laws: laws, normals: normals)
    }
    try self.init(checkpoint, architecture, names: match.names, treatment: treatment)
  }

  /// A checkpoint run by an architecture that is given; `init(_:)` finds it in `families`.
  package init(
    _ checkpoint: Checkpoint, _ architecture: any Architecture, names: NameMap = .identity,
    treatment: WeightTreatment = WeightTreatment()
  ) throws {
    let size = architecture.dimensions
    let cursor = { (loads: Bool) in
      Weights(checkpoint.source, loads: loads, names: names, treatment: treatment)
    }
    let check = cursor(false)
    _ = try architecture.embedding(check)
    // What makes patches tokens is held; of a table of tokens, a pass holds a few rows.
    let patching = architecture.patches == nil ? 0 : check.bytes
    var blocks: [Int] = []
    for index in 0..<size.blocks {
      let before = check.bytes
      _ = try architecture.block(index, check)
      blocks.append(check.bytes - before)
    }
    let before = check.bytes
    _ = try architecture.finalNorm(check)
    let type = Swift.type(of: architecture)
    let unused = check.unused.filter { !type.ignores($0) }
    guard unused.isEmpty else {
      throw ModelError.unusedTensors(unused, file: checkpoint.path)
    }
    self.checkpoint = checkpoint
    self.architecture = architecture
    family = type.name
    dimensions = size
    sites = Site.all(blocks: size.blocks).filter(architecture.hasSite)
    let head = Model.head(of: architecture, cursor(false))
    costs = ModelCosts(
      blocks: blocks, ends: patching + check.bytes - before, head: head ?? 0)
    noHead =
      head != nil
      ? nil
      : architecture.isCausal
        ? .notStored(file: checkpoint.path)
        : .encoder(family: type.name, file: checkpoint.path)
    parameters = check.parameters
    nonEmbeddingParameters = check.parameters - check.tableParameters
    weights = cursor(true)
  }

  /// The sites of the depth curve: every residual, then the final norm where there is one.
  public var depthCurve: [Site] { sites.filter(\.isOnDepthCurve) }

  /// Whether a token's states depend on nothing that follows it: true of decoders, not of encoders.
  public var isCausal: Bool { architecture.isCausal }

  /// The pictures that it takes; nil for a model that reads text.
  public var images: ImageShape? { architecture.patches?.image }

  /// How it cuts pictures into tokens; nil for a model that reads text.
  package var patches: PatchGrid? { architecture.patches }

  /// The site that transformers' last entry of `hidden_states` is: the final norm of a model of text that
  /// has one, else the last block's output.
  public var lastHiddenState: Site {
    images == nil && sites.contains(.finalNorm) ? .finalNorm : .residual(depth: dimensions.blocks)
  }

  /// Refuses a model that reads pictures, where text is given.
  package func checkReadsText() throws(ModelError) {
    if images != nil { throw .readsImages(family: family, file: checkpoint.path) }
  }

  /// How it cuts pictures into tokens; a model that reads text is refused.
  package func requirePatches() throws(ModelError) -> PatchGrid {
    guard let patches else { throw .readsText(family: family, file: checkpoint.path) }
    return patches
  }

  /// The number of features at a site.
  public func width(at site: Site) -> Int { architecture.width(at: site) }

  /// A family, and the checkpoint as that family spells it.
  private struct Match {
    let type: any Architecture.Type
    let config: [String: ConfigValue]
    var spelling: [String: String] = [:]
    var names = NameMap.identity

    /// How the model's tensors begin.
    func laws(
      _ reader: ConfigReader, _ checkpoint: Checkpoint, blocks: Int
    ) throws -> InitialLaws {
      var modelType = type.name
      if case .string(let found) = config["model_type"] { modelType = found }
      var padding: Int?
      if case .gguf(let file) = checkpoint.format {
        padding = try file.int("tokenizer.ggml.padding_token_id")
      }
      return try InitialLaws(
        of: type, modelType, reader, padding: padding, blocks: blocks)
    }
  }

  private static func match(_ checkpoint: Checkpoint) throws -> Match {
    if case .gguf(let file) = checkpoint.format { return try match(file) }
    let file = checkpoint.configFile
    guard case .string(let found) = checkpoint.config["model_type"] ?? .null else {
      throw CheckpointError.config(.missing(key: "model_type"), path: file)
    }
    for type in families where type.modelTypes.contains(found) {
      return Match(type: type, config: checkpoint.config)
    }
    let known = families.flatMap { Array($0.modelTypes) }.sorted()
    throw ModelError.unknownFamily(modelType: found, file: file, known: known)
  }

  private static func match(_ file: GGUFFile) throws -> Match {
    let found = try file.string("general.architecture") ?? ""
    let all = families.compactMap { type in type.gguf.map { (type: type, names: $0) } }
    let fitting = all.filter { $0.names.architecture == found && $0.names.fits(file) }
    // One that is marked is more special than the plain one; of two marks, the rarer stands later.
    guard let (type, names) = fitting.last(where: { $0.names.mark != nil }) ?? fitting.first else {
      let known = Set(all.map(\.names.architecture)).sorted()
      throw ModelError.unknownGGUF(architecture: found, file: file.path, known: known)
    }
    let settings = try GGUFSettings(names, file)
    return Match(
      type: type, config: settings.values, spelling: settings.spelling,
      names: names.map(file, settings))
  }

  /// Token ids, or pictures, to the states that enter block 0.
  package func embedding(_ pass: Pass) throws -> Matrix {
    try architecture.embedding(weights)(pass)
  }

  /// One block, its weights loaded; whoever holds it keeps them in memory.
  package func block(_ index: Int) throws -> any Block { try architecture.block(index, weights) }

  /// The bytes of a head; 0 for one that is wrong, as whoever asks for it is told; nil for none.
  private static func head(of architecture: any Architecture, _ check: Weights) -> Int? {
    switch Result(catching: { try architecture.head(check) }) {
    case .success(let head): head == nil ? nil : check.bytes
    case .failure: 0
    }
  }

  /// The language-model head, loaded; whoever holds it keeps it in memory.
  ///
  /// - Returns: nil where there is none: `noHead` says why.
  /// - Throws: an error that names a tensor of the head that is missing or does not fit.
  package func head() throws -> LanguageHead? { try architecture.head(weights) }

  /// The final norm and the head, loaded; nil where there is no head.
  package func lens() throws -> LogitLens? {
    guard let head = try head() else { return nil }
    return LogitLens(norm: try architecture.finalNorm(weights), head: head)
  }

  /// The norm after the last block.
  package func finalNorm(_ x: Matrix) throws -> Matrix { try architecture.finalNorm(weights)(x) }
}
