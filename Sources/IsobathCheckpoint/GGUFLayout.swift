// SPDX-License-Identifier: GPL-3.0-or-later

/// Checks where a GGUF file's tensors lie: one after the other, each padded to the alignment.
struct GGUFLayout {
  private let entries: [GGUFTensorEntry]
  private let start: Int
  private let alignment: Int
  private let file: MappedFile

  init(_ entries: [GGUFTensorEntry], start: Int, _ alignment: Int, _ file: MappedFile) {
    self.entries = entries
    self.start = start
    self.alignment = alignment
    self.file = file
  }

  func tensors() throws(GGUFProblem) -> [String: TensorInfo] {
    var found: [String: TensorInfo] = [:]
    found.reserveCapacity(entries.count)
    let data = (start + alignment - 1) / alignment * alignment
    var end = 0
    for entry in entries {
      guard entry.offset == UInt64(end) else {
        throw .offset(tensor: entry.name, found: entry.offset, expected: end)
      }
      let size = try bytes(entry)
      guard let last = Checked.sum(data + end, size), let padded = Checked.sum(last, alignment)
      else { throw .shape(tensor: entry.name, what: "its size overflows") }
      guard last <= file.count else { throw .truncated(missing: last - file.count) }
      let info = TensorInfo(
        name: entry.name, shape: entry.extents.reversed(), type: entry.type, file: 0,
        bytes: (data + end)..<last)
      guard found.updateValue(info, forKey: entry.name) == nil else {
        throw .duplicateTensor(entry.name)
      }
      end = (padded - 1 - data) / alignment * alignment
    }
    return found
  }

  private func bytes(_ entry: GGUFTensorEntry) throws(GGUFProblem) -> Int {
    let (block, size) = (entry.type.elements, entry.type.bytes)
    guard entry.extents[0] % block == 0 else {
      let what = "rows of \(entry.extents[0]) elements are no whole blocks of \(block)"
      throw .shape(tensor: entry.name, what: what)
    }
    let blocks = [entry.extents[0] / block] + entry.extents.dropFirst()
    guard let bytes = Checked.product(blocks + [size]) else {
      throw .shape(tensor: entry.name, what: "its size overflows")
    }
    return bytes
  }
}
