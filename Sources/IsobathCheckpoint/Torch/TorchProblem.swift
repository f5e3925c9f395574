// SPDX-License-Identifier: GPL-3.0-or-later

/// What can be wrong with a PyTorch checkpoint (`pytorch_model.bin`).
package enum TorchProblem: Error, Equatable, Sendable {
  case empty
  case otherFile(start: [UInt8])
  case tar
  case torchScript
  case legacy(what: String)
  case zip(ZipProblem)
  case missingEntry(String)
  case longPickle(bytes: Int, limit: Int)
  case byteOrder(String)
  case pickle(PickleProblem)
  case noTable(found: String)
  case noTensors(keys: [String])
  case wrapped(key: String)
  case ambiguous(keys: [String])
  case badName(String)
  case twice(String)
  case tensor(String, what: String)
  case missingStorage(String, tensor: String)
  case storageSize(String, tensor: String, claimed: Int, found: Int)
  case storageTypes(String, tensor: String)
  case pastStorage(tensor: String, shape: [Int], strides: [Int], offset: Int, storage: Int)
  case expanded(tensor: String, shape: [Int], file: Int)

  /// Whether the file is broken; otherwise it is sound, and no plain table of tensors.
  var isDamage: Bool {
    switch self {
    case .otherFile, .tar, .torchScript, .longPickle, .byteOrder, .noTable, .noTensors, .wrapped,
      .ambiguous, .expanded:
      false
    case .zip(let problem): problem.isDamage
    case .pickle(let problem): problem.isDamage
    default: true
    }
  }
}

extension TorchProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "it is empty; download it again"
    case .otherFile(let start):
      "it begins with \(CheckpointError.hexadecimal(start)), which torch.save does not write; "
        + "download the file again"
    case .tar:
      "it is a tar archive, as torch wrote before 2018; load and save it with a newer torch"
    case .torchScript:
      "it is a TorchScript program; load it with torch.jit.load and save its state_dict()"
    case .legacy(let what):
      "it has the form before zip archives, and \(what); load and save it with a newer torch"
    case .zip(let problem): problem.description
    case .missingEntry(let name): "the archive has no '\(name)'; download it again"
    case .longPickle(let bytes, let limit):
      "its description has \(bytes) bytes, at most \(limit) are read; save the state_dict() alone"
    case .byteOrder(let found):
      "its byte order is '\(found)', only 'little' is read; load it in torch and save it again here"
    case .pickle(let problem): problem.description
    case .noTable, .noTensors, .wrapped, .ambiguous: contents
    default: tensorProblem
    }
  }

  private var contents: String {
    let keep = "save the dict of the model's tensors alone"
    return switch self {
    case .noTable(let found): "it holds \(found), not a dict of tensors; \(keep)"
    case .noTensors(let keys):
      "no tensor is in its dict (found \(CheckpointError.list(keys.map { "'\($0)'" }))); \(keep)"
    case .wrapped(let key):
      "its only tensors are under '\(key)', which is no known name of a model's weights; \(keep)"
    case .ambiguous(let keys):
      "tensors are under \(keys.map { "'\($0)'" }.joined(separator: " and ")), and which are the "
        + "model's is not said; \(keep)"
    default: ""
    }
  }

  private var tensorProblem: String {
    switch self {
    case .badName(let name):
      "'\(name)' is not a tensor's name (1 to 1024 bytes without control characters)"
    case .twice(let name): "tensor '\(name)' stands twice"
    case .tensor(let name, let what): "tensor '\(name)': \(what)"
    case .missingStorage(let key, let tensor):
      "tensor '\(tensor)' lies in storage '\(key)', which is not there; download the file again"
    case .storageSize(let key, let tensor, let claimed, let found):
      "tensor '\(tensor)' needs \(claimed) bytes in storage '\(key)', which has \(found)"
    case .storageTypes(let key, let tensor):
      "tensor '\(tensor)' reads storage '\(key)' as another type or size than a tensor before it"
    case .pastStorage(let tensor, let shape, let strides, let offset, let storage):
      "tensor '\(tensor)' of shape \(shape), strides \(strides) and offset \(offset) reaches past its "
        + "storage of \(storage) elements"
    case .expanded(let tensor, let shape, let file):
      "tensor '\(tensor)' spreads fewer numbers over the shape \(shape), more elements than the file "
        + "has bytes (\(file)); save tensor.contiguous()"
    default: ""
    }
  }
}

extension CheckpointError {
  /// Bytes as they are shown.
  static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
  }
}
