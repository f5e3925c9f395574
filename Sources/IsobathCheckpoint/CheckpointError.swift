// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// What can be wrong with a checkpoint: which file, and what in it.
package enum CheckpointError: Error, Equatable, Sendable {
  /// Nothing is at this path.
  case missing(path: String, needed: String)
  /// The system refused to open or read a file.
  case unreadable(path: String, reason: String)
  /// The file changed while it was in use.
  case changed(path: String)
  /// A folder or file that is no checkpoint that Isobath reads.
  case notACheckpoint(path: String, found: [String], advice: String)
  /// A file that is something else: a web page, a pointer to a file elsewhere.
  case notWeights(path: String, looksLike: String)
  case json(JSONError, path: String)
  case safetensors(SafetensorsProblem, path: String)
  case shards(ShardProblem, path: String)
  case gguf(GGUFProblem, path: String)
  case torch(TorchProblem, path: String)
  case config(ConfigProblem, path: String)
  /// A tensor that the family needs is not there.
  case missingTensor(String, path: String)
  /// A tensor whose shape is not what the configuration says.
  case shape(tensor: String, found: [Int], expected: [Int], path: String)
  /// A tensor stored in a type that Isobath does not compute with.
  case unreadType(tensor: String, type: String, path: String)
  /// Weights that are not numbers.
  case notFinite(tensor: String, count: Int, first: Int, path: String)
  /// No rule says what values an untrained model's tensor has.
  case noInitialValues(tensor: String, path: String)
  /// A matrix whose rows are no whole number of a storage type's blocks.
  case rowLength(tensor: String, columns: Int, type: String, block: Int, path: String)
  /// A matrix with numbers that a storage type cannot hold.
  case tooLargeToRound(tensor: String, type: String, path: String)
}

extension CheckpointError: CustomStringConvertible {
  /// One line, whatever the names in the file hold.
  package var description: String { sentence.oneLine }

  private var sentence: String {
    switch self {
    case .missing(let path, let needed): "\(path): not found; \(needed)"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .changed(let path):
      "\(path): the file changed while it was in use; let the download or copy finish, then run again"
    case .notACheckpoint(let path, let found, let advice):
      "\(path): not a checkpoint that Isobath reads (found \(CheckpointError.list(found))); \(advice)"
    case .notWeights(let path, let looksLike):
      "\(path): this is \(looksLike), not weights; download the file itself"
    case .json(let error, let path): "\(path): not valid JSON: \(error)"
    case .safetensors(let problem, let path): "\(path): damaged safetensors file: \(problem)"
    case .shards(let problem, let path): "\(path): \(problem)"
    case .gguf(let problem, let path):
      "\(path): \(problem.isDamage ? "damaged " : "")GGUF file: \(problem)"
    case .torch(let problem, let path):
      "\(path): \(problem.isDamage ? "damaged " : "")PyTorch file: \(problem)"
    case .config(let problem, let path): "\(path): \(problem)"
    case .missingTensor(let name, let path):
      "\(path): tensor '\(name)' is missing; the checkpoint is incomplete or of another family"
    case .shape(let tensor, let found, let expected, let path):
      "\(path): tensor '\(tensor)' has shape \(found) and the configuration needs \(expected)"
    case .unreadType(let tensor, let type, let path):
      "\(path): tensor '\(tensor)' is stored as \(type), which Isobath does not read; convert the "
        + "checkpoint to F16, BF16, F32 or Q8_0"
    case .notFinite(let tensor, let count, let first, let path):
      "\(path): tensor '\(tensor)' has \(count) values that are NaN or infinite, the first at element "
        + "\(first); the checkpoint is damaged"
    case .noInitialValues(let tensor, let path):
      "\(path): the family's initialisation has no rule for tensor '\(tensor)', so there is no "
        + "untrained model of it"
    case .rowLength(let tensor, let columns, let type, let block, let path):
      "\(path): tensor '\(tensor)' has rows of \(columns) elements and \(type) stores blocks of "
        + "\(block); round to f16 or bf16 instead"
    case .tooLargeToRound(let tensor, let type, let path):
      "\(path): tensor '\(tensor)' has numbers that \(type) cannot hold; round to bf16 instead"
    }
  }

  static func list(_ names: [String]) -> String {
    guard !names.isEmpty else { return "nothing" }
    let shown = names.prefix(5).joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }
}

/// What can be wrong inside a safetensors file. https://huggingface.co/docs/safetensors
package enum SafetensorsProblem: Error, Equatable, Sendable {
  case tooSmall(bytes: Int)
  case headerTooLarge(bytes: UInt64)
  case headerPastEnd(header: UInt64, file: Int)
  case headerNotAnObject
  case header(JSONError)
  case badTensor(name: String, what: String)
  case sizeMismatch(name: String, shape: [Int], type: String, bytes: Int)
  case overlap(String, String)
  case hole(before: String, bytes: Int)
  case trailing(bytes: Int)
  case truncated(missing: Int)
  case badMetadata(key: String)
}

extension SafetensorsProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooSmall(let bytes): "\(bytes) bytes cannot hold a header; download the file again"
    case .headerTooLarge(let bytes): "the header claims \(bytes) bytes, the format allows 100000000"
    case .headerPastEnd(let header, let file):
      "the header claims \(header) bytes and the file has \(file); download the file again"
    case .headerNotAnObject: "the header is not a JSON object"
    case .header(let error): "the header is not valid JSON: \(error)"
    case .badTensor(let name, let what): "tensor '\(name)': \(what)"
    case .sizeMismatch(let name, let shape, let type, let bytes):
      "tensor '\(name)': shape \(shape) of \(type) does not take \(bytes) bytes"
    case .overlap(let a, let b): "tensors '\(a)' and '\(b)' overlap"
    case .hole(let before, let bytes):
      "\(bytes) bytes before tensor '\(before)' belong to no tensor"
    case .trailing(let bytes): "\(bytes) bytes at the end belong to no tensor"
    case .truncated(let missing):
      "\(missing) bytes are missing at the end; the download was interrupted, repeat it"
    case .badMetadata(let key): "__metadata__ '\(key)' is not a string"
    }
  }
}

/// What can be wrong with a checkpoint in several files.
package enum ShardProblem: Error, Equatable, Sendable {
  case noWeightMap
  case notAFileName(String)
  case outside(String)
  case missingShard(String)
  case missingTensor(String, shard: String)
  case unlisted(String, shard: String)
  case twice(String, String, String)
  case totalSize(claimed: Double, found: Int)
}

extension ShardProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noWeightMap: "no weight_map from tensor names to file names"
    case .notAFileName(let name): "shard '\(name)' is not the name of a file beside the index"
    case .outside(let name): "shard '\(name)' leads to a file outside the checkpoint's folder"
    case .missingShard(let name): "shard '\(name)' is missing; download it into the same folder"
    case .missingTensor(let tensor, let shard): "tensor '\(tensor)' is not in shard '\(shard)'"
    case .unlisted(let tensor, let shard):
      "tensor '\(tensor)' of shard '\(shard)' is not in the index"
    case .twice(let tensor, let a, let b): "tensor '\(tensor)' is in both '\(a)' and '\(b)'"
    case .totalSize(let claimed, let found):
      "the index claims \(Int(exactly: claimed).map(String.init) ?? "\(claimed)") bytes of tensors and the shards hold \(found)"
    }
  }
}

/// What can be wrong with a configuration.
package enum ConfigProblem: Error, Equatable, Sendable {
  case missing(key: String)
  case wrongType(key: String, found: String, expected: String)
  case outOfRange(key: String, found: String, expected: String)
  case unsupported(key: String, found: String, supported: String)
  case unread(keys: [String])
}

extension ConfigProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let key): "the configuration has no '\(key)', which this family needs"
    case .wrongType(let key, let found, let expected):
      "'\(key)' is \(found) where \(expected) is expected"
    case .outOfRange(let key, let found, let expected): "'\(key)' is \(found), expected \(expected)"
    case .unsupported(let key, let found, let supported):
      "'\(key)' = \(found) is not supported (supported: \(supported)); results would be wrong"
    case .unread(let keys):
      "the configuration says \(keys.map { "'\($0)'" }.joined(separator: ", ")), which this family "
        + "does not know; results could be wrong, so the model is refused"
    }
  }
}
