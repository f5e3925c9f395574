// SPDX-License-Identifier: GPL-3.0-or-later

/// What can be wrong inside a GGUF file. https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
package enum GGUFProblem: Error, Equatable, Sendable {
  case notGGUF(start: [UInt8])
  case bigEndian
  case version(Int)
  case pastEnd(what: String, offset: Int)
  case longHeader(limit: Int)
  case badCount(what: String, found: Int64)
  case badKey(String)
  case duplicateKey(String)
  case valueType(key: String, type: Int)
  case nestedArray(key: String)
  case longArray(key: String, count: Int, limit: Int)
  case badBool(key: String, value: Int)
  case notUTF8(what: String)
  case badTensorName(String)
  case duplicateTensor(String)
  case dimensions(tensor: String, count: Int)
  case shape(tensor: String, what: String)
  case tensorType(tensor: String, type: String)
  case alignment(Int)
  case offset(tensor: String, found: UInt64, expected: Int)
  case truncated(tensor: String, missing: Int)
  case missingKey(String)
  case wrongType(key: String, found: String, expected: String)
  case partName(count: Int, expected: String)
  case missingPart(String)
  case partNumber(found: Int?, of: Int?, name: Int, count: Int)
  case partKey(String)
  case inTwoParts(String, String, String)
  case partTensors(claimed: Int?, found: Int)

  /// Whether the file is broken; otherwise it is sound, and beyond what Isobath reads.
  var isDamage: Bool {
    switch self {
    case .bigEndian, .version, .longHeader, .longArray, .tensorType, .partName,
      .missingPart, .partNumber, .partKey, .inTwoParts, .partTensors:
      false
    default: true
    }
  }
}

extension GGUFProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notGGUF(let start):
      start.isEmpty
        ? "it is empty; download it again"
        : "it does not begin with 'GGUF' but with \(CheckpointError.hexadecimal(start)); download it again"
    case .bigEndian: "it is big-endian; convert it on the machine that wrote it"
    case .version(let found): "version \(found) is not read (2 and 3 are); convert the model again"
    case .pastEnd(let what, let offset):
      "\(what) at byte \(offset) reaches past the end; the download was interrupted, repeat it"
    case .longHeader(let limit): "the header is longer than \(limit) bytes, the most that is read"
    case .badCount(let what, let found): "\(found) is not a possible number of \(what)"
    case .badKey(let key): "'\(key)' is not a key (1 to 65535 printable ASCII characters)"
    case .duplicateKey(let key): "the key '\(key)' stands twice"
    case .valueType(let key, let type): "'\(key)' has value type \(type), which does not exist"
    case .nestedArray(let key): "'\(key)' is an array of arrays"
    case .longArray(let key, let count, let limit):
      "'\(key)' has \(count) elements; outside a vocabulary \(limit) are read"
    case .badBool(let key, let value): "'\(key)' is a bool with the value \(value)"
    case .notUTF8(let what): "\(what) is not UTF-8"
    case .badTensorName(let name):
      "'\(name)' is not a tensor's name (1 to 63 bytes without control characters)"
    case .duplicateTensor(let name): "tensor '\(name)' stands twice"
    case .dimensions(let tensor, let count): "tensor '\(tensor)' has \(count) dimensions, at most 4"
    case .shape(let tensor, let what): "tensor '\(tensor)': \(what)"
    case .tensorType(let tensor, let type):
      "tensor '\(tensor)' is stored as \(type), which Isobath does not read; requantise it to Q8_0, "
        + "Q4_K, Q6_K, F16 or BF16"
    case .alignment(let found): "alignment \(found) is not a power of two up to 65536"
    case .offset(let tensor, let found, let expected):
      "tensor '\(tensor)' is at offset \(found) and the ones before it end at \(expected)"
    case .truncated(let tensor, let missing):
      "tensor '\(tensor)' reaches \(missing) bytes past the end; the download was interrupted, "
        + "repeat it"
    case .missingKey(let key): "the key '\(key)' is missing"
    case .wrongType(let key, let found, let expected):
      "'\(key)' is \(found) where \(expected) is expected"
    case .partName(let count, let expected):
      "it is one of \(count) parts, which are found by their names; call the first '\(expected)'"
    case .missingPart(let name): "part '\(name)' is missing; download it into the same folder"
    case .partNumber(let found, let of, let expected, let count):
      "it says that it is part \(GGUFProblem.shown(found)) of \(GGUFProblem.shown(of)), and its name "
        + "says \(expected) of \(count); the parts were renamed or mixed, download them again"
    case .partKey(let key):
      "'\(key)' is not what the first part says; the parts are of different models"
    case .inTwoParts(let tensor, let a, let b): "tensor '\(tensor)' is in both '\(a)' and '\(b)'"
    case .partTensors(let claimed, let found):
      "it says that all parts hold \(GGUFProblem.shown(claimed)) tensors, and they hold \(found)"
    }
  }

  private static func shown(_ number: Int?) -> String {
    number.map(String.init) ?? "an unknown number"
  }
}
