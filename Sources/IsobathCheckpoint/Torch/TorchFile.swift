// SPDX-License-Identifier: GPL-3.0-or-later

/// A PyTorch checkpoint: a pickle that describes tensors, and their storages, in a zip archive or, until
/// 2020, one after the other.
///
/// Nothing in it is run. The pickle is read by `PickleMachine`, and every tensor must lie inside its
/// storage, whose size must be what the file has. The storages stay in the mapped file.
/// https://docs.pytorch.org/docs/stable/notes/serialization.html
struct TorchFile {
  static let longestPickle = 64 << 20

  let tensors: [TensorInfo]
  /// What stood beside the tensors and was left out.
  let notes: [String]

  /// The tensors of a file, as the `index`th of a checkpoint.
  init(_ file: MappedFile, index: Int = 0) throws(CheckpointError) {
    try file.checkKind()
    do throws(TorchProblem) {
      let contents = try TorchFile.contents(file)
      var placement = TorchPlacement(contents.storages, file, index)
      tensors = try placement.place(contents.state.tensors)
      notes = contents.state.notes
    } catch { throw .torch(error, path: file.path) }
  }

  /// What a file describes, and where its storages are.
  struct Contents {
    let state: StateDict
    let storages: [String: Range<Int>]
  }

  private static func contents(_ file: MappedFile) throws(TorchProblem) -> Contents {
    if LegacyTorch.isLegacy(file) {
      var legacy = try LegacyTorch(file)
      return try legacy.contents()
    }
    let archive = try archive(file)
    var machine = PickleMachine(try pickle(archive, file))
    let root: PickleValue
    do throws(PickleProblem) { root = try machine.run() } catch { throw .pickle(error) }
    var storages: [String: Range<Int>] = [:]
    for (name, entry) in archive.entries where name.hasPrefix("data/") {
      storages[String(name.dropFirst(5))] = entry.bytes
    }
    return Contents(state: try StateDict(root, machine.heap), storages: storages)
  }

  private static func archive(_ file: MappedFile) throws(TorchProblem) -> ZipArchive {
    let start = Array(file.bytes(0..<min(file.count, 4)))
    if start.isEmpty { throw .empty }
    guard start == [0x50, 0x4B, 3, 4] else { throw otherKind(file, start) }
    let archive: ZipArchive
    do throws(ZipProblem) { archive = try ZipArchive(file) } catch {
      // Programs carry their source, and compress it.
      if case .compressed(let name, _) = error, name.contains("/code/") { throw .torchScript }
      throw .zip(error)
    }
    let isProgram = archive.entries.keys.contains { $0.hasPrefix("code/") }
    if isProgram || archive.entries["constants.pkl"] != nil { throw .torchScript }
    return archive
  }

  private static func otherKind(_ file: MappedFile, _ start: [UInt8]) -> TorchProblem {
    let isTar = file.count > 512 && Array(file.bytes(257..<262)) == Array("ustar".utf8)
    return isTar ? .tar : .otherFile(start: start)
  }

  /// The description of the tensors, with its checksum compared.
  private static func pickle(
    _ archive: ZipArchive, _ file: MappedFile
  ) throws(TorchProblem) -> UnsafeRawBufferPointer {
    guard let entry = archive.entries["data.pkl"] else { throw .missingEntry("data.pkl") }
    guard entry.bytes.count <= longestPickle else {
      throw .longPickle(bytes: entry.bytes.count, limit: longestPickle)
    }
    let bytes = file.bytes(entry.bytes)
    // torch.serialization.set_crc32_options(False) leaves 0.
    guard entry.checksum == 0 || entry.checksum == Checksum.of(bytes) else {
      throw .zip(.checksum("data.pkl"))
    }
    if let order = archive.entries["byteorder"] {
      let text = String(decoding: file.bytes(order.bytes).prefix(16), as: UTF8.self)
      guard text == "little" else { throw .byteOrder(text.filter { $0.isLetter }) }
    }
    return bytes
  }
}

extension TensorSource {
  /// The tensors of one PyTorch checkpoint.
  package static func torch(_ path: String) throws(CheckpointError) -> TensorSource {
    let file = try MappedFile(path)
    let found = try TorchFile(file)
    // No name stands twice, so no tensor is lost here.
    return TensorSource(
      tensors: Dictionary(found.tensors.map { ($0.name, $0) }) { first, _ in first },
      files: [file], notes: found.notes)
  }
}
