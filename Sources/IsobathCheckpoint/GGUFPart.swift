// SPDX-License-Identifier: GPL-3.0-or-later

/// One file of a GGUF model, its header read and its tensors' places checked.
struct GGUFPart {
  let file: MappedFile
  let version: Int
  let metadata: [String: GGUFValue]
  let tensors: [String: TensorInfo]

  /// - Parameter index: which of the model's files it is.
  init(_ path: String, index: Int = 0) throws(CheckpointError) {
    file = try MappedFile(path)
    try file.checkKind()
    do throws(GGUFProblem) {
      var reader = GGUFReader(file)
      let (version, tensorCount, keyCount) = try reader.header()
      metadata = try reader.metadata(keyCount)
      let alignment = try GGUFPart.alignment(metadata["general.alignment"])
      let entries = try reader.tensors(tensorCount)
      let layout = GGUFLayout(entries, header: reader.at, alignment, file, index)
      tensors = try layout.tensors()
      self.version = version
    } catch { throw .gguf(error, path: path) }
  }

  private static func alignment(_ value: GGUFValue?) throws(GGUFProblem) -> Int {
    guard let value else { return 32 }
    guard let found = value.int else {
      throw .wrongType(key: "general.alignment", found: value.kind, expected: "a whole number")
    }
    guard found > 0, found & (found - 1) == 0, found <= 65536 else { throw .alignment(found) }
    return found
  }

  /// A number that says how a model was split; nil when the key is absent.
  func number(_ key: String) throws(GGUFProblem) -> Int? {
    guard let value = metadata[key] else { return nil }
    guard let found = value.int else {
      throw .wrongType(key: key, found: value.kind, expected: "a whole number")
    }
    return found
  }
}
