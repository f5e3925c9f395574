// SPDX-License-Identifier: GPL-3.0-or-later

/// Checks where a GGUF file's tensors lie: one after the other, each padded to the alignment.
///
/// Bytes after the last tensor belong to nobody and are left alone, as ggml leaves them.
struct GGUFLayout {
  private let entries: [GGUFTensorEntry]
  private let data: Int
  private let alignment: Int
  private let file: MappedFile
  private let index: Int

  /// - Parameters:
  ///   - header: where the header ends; a header's length and the alignment are both checked.
  ///   - index: which of the model's files it is.
  init(
    _ entries: [GGUFTensorEntry], header: Int, _ alignment: Int, _ file: MappedFile, _ index: Int
  ) {
    self.index = index
    self.entries = entries
    self.alignment = alignment
    self.file = file
    data = (header + alignment - 1) / alignment * alignment
  }

  func tensors() throws(GGUFProblem) -> [String: TensorInfo] {
    var found: [String: TensorInfo] = [:]
    found.reserveCapacity(entries.count)
    var end = 0
    for entry in entries {
      guard entry.offset == UInt64(end) else {
        throw .offset(tensor: entry.name, found: entry.offset, expected: end)
      }
      guard let last = Checked.sum(data + end, try bytes(entry)) else {
        throw .shape(tensor: entry.name, what: "its size overflows")
      }
      guard last <= file.count else {
        throw .truncated(tensor: entry.name, missing: last - file.count)
      }
      found[entry.name] = TensorInfo(
        name: entry.name, shape: entry.extents.reversed(), type: entry.type, file: index,
        bytes: (data + end)..<last)
      // Inside the file and an alignment beyond: no overflow.
      end = (last - data + alignment - 1) / alignment * alignment
    }
    return found
  }

  private func bytes(_ entry: GGUFTensorEntry) throws(GGUFProblem) -> Int {
    let (block, size) = (entry.type.elements, entry.type.bytes)
    let row = entry.extents.first ?? 1
    guard row % block == 0 else {
      let what = "rows of \(row) elements are no whole blocks of \(block)"
      throw .shape(tensor: entry.name, what: what)
    }
    let blocks = [row / block] + entry.extents.dropFirst()
    guard Checked.product(entry.extents) != nil, let bytes = Checked.product(blocks + [size]) else {
      throw .shape(tensor: entry.name, what: "its size overflows")
    }
    return bytes
  }
}
