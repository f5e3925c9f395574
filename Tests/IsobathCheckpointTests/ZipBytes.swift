// SPDX-License-Identifier: GPL-3.0-or-later

/// A zip archive in memory, of which a test may falsify any part.
struct ZipBytes {
  struct Entry {
    var name: String
    var data: [UInt8]
    var method: UInt16 = 0
    var flags: UInt16 = 0x800
    /// What the directory says; nil for the truth.
    var checksum: UInt32?
    var size: UInt32?
    var stored: UInt32?
    var place: UInt32?
    var directoryName: [UInt8]?
    var extra: [UInt8] = []
    /// What the entry's own header says; nil for what the directory says.
    var ownName: [UInt8]?
    var ownFlags: UInt16?
    var ownMethod: UInt16?
    var ownSize: UInt32?
    var ownChecksum: UInt32?
    var ownMagic: UInt32 = 0x0403_4B50
    /// What stands after the data.
    var descriptor: [UInt8] = []
    var disk: UInt16 = 0
  }

  var entries: [Entry] = []
  var before: [UInt8] = []
  var beforeDirectory: [UInt8] = []
  var afterDirectory: [UInt8] = []
  var after: [UInt8] = []
  var count: UInt16?
  var directorySize: UInt32?
  var directoryPlace: UInt32?
  var disk: UInt16 = 0
  /// Adds the zip64 records, with the truth or with these numbers.
  var isWide = false
  var wideCount: UInt64?
  var widePlace: UInt64?
  var wideRecordPlace: UInt64?

  /// A checkpoint: its pickle, then storages by key.
  static func checkpoint(
    _ pickle: [UInt8], _ storages: [(String, [UInt8])] = [("0", [UInt8](repeating: 0, count: 16))]
  ) -> ZipBytes {
    ZipBytes(
      entries: [Entry(name: "m/data.pkl", data: pickle)]
        + storages.map { Entry(name: "m/data/\($0.0)", data: $0.1) })
  }

  var bytes: [UInt8] { front + back(at: front.count) }

  /// The entries.
  var front: [UInt8] {
    entries.reduce(before) { $0 + header($1) + $1.data + $1.descriptor } + beforeDirectory
  }

  /// The directory and what follows it, standing at an offset.
  func back(at place: Int) -> [UInt8] {
    var directory: [UInt8] = []
    var start = before.count
    for entry in entries {
      directory += record(entry, at: start)
      start += header(entry).count + entry.data.count + entry.descriptor.count
    }
    var bytes = directory + afterDirectory
    if isWide { bytes += wideEnd(directory.count, place, at: place + bytes.count) }
    let number = count ?? UInt16(truncatingIfNeeded: entries.count)
    bytes += UInt32(0x0605_4B50).littleEndianBytes + disk.littleEndianBytes + [0, 0]
    bytes += number.littleEndianBytes + number.littleEndianBytes
    bytes += (directorySize ?? UInt32(directory.count)).littleEndianBytes
    bytes += (directoryPlace ?? UInt32(clamping: place)).littleEndianBytes
    return bytes + [0, 0] + after
  }

  private func header(_ entry: Entry) -> [UInt8] {
    let name = entry.ownName ?? Array(entry.name.utf8)
    let size = entry.ownSize ?? UInt32(entry.data.count)
    var bytes = entry.ownMagic.littleEndianBytes + [20, 0]
    bytes += (entry.ownFlags ?? entry.flags).littleEndianBytes
    bytes += (entry.ownMethod ?? entry.method).littleEndianBytes + [0, 0, 0, 0]
    bytes +=
      (entry.ownChecksum ?? entry.checksum ?? ZipBytes.checksum(entry.data))
      .littleEndianBytes
    bytes += size.littleEndianBytes + size.littleEndianBytes
    return bytes + UInt16(name.count).littleEndianBytes + [0, 0] + name
  }

  private func record(_ entry: Entry, at place: Int) -> [UInt8] {
    let name = entry.directoryName ?? Array(entry.name.utf8)
    var bytes = UInt32(0x0201_4B50).littleEndianBytes + [20, 0, 20, 0]
    bytes += entry.flags.littleEndianBytes + entry.method.littleEndianBytes + [0, 0, 0, 0]
    bytes += (entry.checksum ?? ZipBytes.checksum(entry.data)).littleEndianBytes
    bytes += (entry.stored ?? entry.size ?? UInt32(entry.data.count)).littleEndianBytes
    bytes += (entry.size ?? UInt32(entry.data.count)).littleEndianBytes
    bytes += UInt16(name.count).littleEndianBytes + UInt16(entry.extra.count).littleEndianBytes
    bytes += [0, 0] + entry.disk.littleEndianBytes + [0, 0, 0, 0, 0, 0]
    return bytes + (entry.place ?? UInt32(place)).littleEndianBytes + name + entry.extra
  }

  private func wideEnd(_ size: Int, _ place: Int, at start: Int) -> [UInt8] {
    let number = wideCount ?? UInt64(entries.count)
    var bytes = UInt32(0x0606_4B50).littleEndianBytes + UInt64(44).littleEndianBytes
    bytes += [30, 3, 45, 0] + [UInt8](repeating: 0, count: 8)
    bytes += number.littleEndianBytes + number.littleEndianBytes + UInt64(size).littleEndianBytes
    bytes += (widePlace ?? UInt64(place)).littleEndianBytes
    bytes += UInt32(0x0706_4B50).littleEndianBytes + [0, 0, 0, 0]
    return bytes + (wideRecordPlace ?? UInt64(start)).littleEndianBytes + [1, 0, 0, 0]
  }

  /// CRC-32, bit by bit.
  static func checksum(_ data: [UInt8]) -> UInt32 {
    var value = UInt32.max
    for byte in data {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~value
  }
}
