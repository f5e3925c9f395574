// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// What can be wrong with a model's configuration or with what is asked of it.
public enum ModelError: Error, Equatable, Sendable {
  /// No family reads this `model_type`.
  case unknownFamily(modelType: String, file: String, known: [String])
  /// A GGUF file of an architecture that no family describes.
  case unknownGGUF(architecture: String, file: String, known: [String])
  /// A configuration value that the family does not compute, refused rather than approximated.
  case unsupported(key: String, found: String, supported: String, file: String)
  /// Tensors that the family does not use: the checkpoint is not what the configuration says.
  case unusedTensors([String], file: String)
  /// A name that is no site of this model.
  case unknownSite(String, blocks: Int, accepted: String)
  /// A token id outside the embedding table.
  case tokenOutOfRange(id: Int, position: Int, document: String, vocabulary: Int)
  /// A document longer than the model's positions.
  case tooLong(document: String, tokens: Int, context: Int)
  /// A token type outside the table of types.
  case typeOutOfRange(type: Int, types: Int)
  /// A router that chooses more experts than there are.
  case tooFewExperts(chosen: Int, experts: Int)
  /// A document without a token.
  case noTokens(document: String)
  /// A picture that is not of the size that the model takes.
  case imageShape(document: String, found: ImageShape, expected: ImageShape)
  /// Text for a model that reads pictures.
  case readsImages(family: String, file: String)
  /// Pictures for a model that reads text.
  case readsText(family: String, file: String)
  /// An untrained model of a family whose initialisation is not written down.
  case noInitialisation(family: String, file: String)
}

extension ModelError: CustomStringConvertible {
  /// One sentence: what, which file, where, and what to do.
  public var description: String { sentence.oneLine }

  private var sentence: String {
    switch self {
    case .unknownFamily(let type, let file, let known):
      "\(file): model_type '\(type)' is not a family that Isobath reads "
        + "(\(known.joined(separator: ", "))); see 'isobath list families'"
    case .unknownGGUF(let architecture, let file, let known):
      "\(file): GGUF architecture '\(architecture)' is not one that Isobath reads "
        + "(\(known.joined(separator: ", "))); see 'isobath list families'"
    case .unsupported(let key, let found, let supported, let file):
      "\(file): \(key) = \(found) is not supported (supported: \(supported)); "
        + "results would be wrong, so the model is refused"
    case .unusedTensors(let names, let file):
      "\(file): \(names.count) tensors belong to no part of this family, the first being "
        + "'\(names.sorted().first ?? "")'; check that the configuration fits the weights"
    case .unknownSite(let name, let blocks, let accepted):
      "'\(name)' is not a site of a model with \(blocks) blocks; use \(accepted)"
    case .tokenOutOfRange(let id, let position, let document, let vocabulary):
      "document '\(document)': token id \(id) at position \(position) is outside the model's "
        + "\(vocabulary) embeddings; check that the tokenizer belongs to this model"
    case .tooLong(let document, let tokens, let context):
      "document '\(document)' has \(tokens) tokens and the model \(context) positions; "
        + "cut it with --max-tokens \(context)"
    case .typeOutOfRange(let type, let types):
      "token type \(type) is outside the model's \(types) types"
    case .tooFewExperts(let chosen, let experts):
      "each token goes to \(chosen) experts and the model has \(experts); check config.json"
    case .noTokens(let document):
      "document '\(document)' has no tokens; remove it or give it text"
    case .imageShape(let document, let found, let expected):
      "document '\(document)' is a picture of \(found) and the model takes \(expected) "
        + "(channels × height × width); process it as the checkpoint's preprocessor_config.json says"
    case .readsImages(let family, let file):
      "\(file): models of the family '\(family)' read pictures, not text"
    case .readsText(let family, let file):
      "\(file): models of the family '\(family)' read text, not pictures"
    case .noInitialisation(let family, let file):
      "\(file): Isobath does not know how models of the family '\(family)' begin before training; "
        + "survey the checkpoint without --untrained"
    }
  }
}
