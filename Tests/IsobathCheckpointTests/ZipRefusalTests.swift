// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import Testing

/// Archives that say two things, hide something, or are not stored as torch stores them.
@Suite struct ZipRefusalTests {
  static let pickle = PickleBytes.file("t", PickleBytes.tensor())
  static let good = ZipBytes.checkpoint(pickle)

  private func changed(_ change: (inout ZipBytes) -> Void) -> ZipBytes {
    var zip = Self.good
    change(&zip)
    return zip
  }

  /// The helper's archives are read, with and without what newer writers add.
  @Test func goodArchives() throws {
    let descriptor = UInt32(0x0807_4B50).littleEndianBytes
    let zips = [
      Self.good, changed { $0.isWide = true },
      changed {
        $0.isWide = true
        $0.count = .max
        $0.directoryPlace = .max
        $0.directorySize = .max
      },
      changed {
        $0.entries[1].size = .max
        $0.entries[1].extra = [9, 9, 1, 0, 7, 1, 0, 16, 0] + UInt64(16).littleEndianBytes
        $0.entries[1].extra += UInt64(16).littleEndianBytes
      },
      changed {
        let data = $0.entries[1].data
        let checksum = ZipBytes.checksum(data).littleEndianBytes
        let size = UInt32(data.count).littleEndianBytes
        $0.entries[1].flags = 0x808
        $0.entries[1].ownSize = 0
        $0.entries[1].ownChecksum = 0
        $0.entries[1].descriptor = descriptor + checksum + size + size
      },
      changed {
        let wide = UInt64(16).littleEndianBytes
        $0.entries[1].flags = 8
        $0.entries[1].descriptor =
          descriptor + ZipBytes.checksum($0.entries[1].data).littleEndianBytes + wide + wide
      },
      changed { $0.entries[0].checksum = 0 },
    ]
    for zip in zips {
      let source = try TensorSource.torch(try Scratch().write("m.bin", zip.bytes))
      #expect(source.tensors["t"]?.shape == [4])
    }
  }

  @Test func everyPrefix() throws {
    let bytes = Self.good.bytes
    let scratch = try Scratch()
    for length in 0..<bytes.count {
      let path = try scratch.write("m.bin", Array(bytes.prefix(length)))
      let error = refusal { () throws(CheckpointError) in try TensorSource.torch(path) }
      expectSentence(error, names: path, says: "PyTorch file", "again")
    }
  }

  @Test func somethingAppended() throws {
    try expectZip(changed { $0.after = [0] }, .noEnd, says: "no end record")
  }

  @Test func somethingInBetween() throws {
    var middle = Self.good
    middle.entries[0].descriptor = [1, 2, 3]
    try expectZip(
      middle, .hole(before: "entry 'm/data/0'", bytes: 3), says: "3 bytes before entry 'm/data/0'")
    try expectZip(
      changed { $0.beforeDirectory = [UInt8](repeating: 7, count: 9) },
      .hole(before: "the directory", bytes: 9), says: "9 bytes before the directory")
    try expectZip(
      changed { $0.before = Array("PK\u{3}\u{4}a web page".utf8) },
      .hole(before: "entry 'm/data.pkl'", bytes: 14), says: "belong to no entry")
    try expectZip(
      changed { $0.afterDirectory = [1] }, .endPastFile(what: "the directory"), says: "not inside")
  }

  @Test func falseEnds() throws {
    let count = ZipProblem.directory(entry: 2, what: "not an entry")
    try expectZip(changed { $0.count = 3 }, count, says: "entry 2 of the directory")
    try expectZip(
      changed { $0.count = 1 },
      .directory(entry: 1, what: "54 bytes follow the last entry"), says: "follow the last entry")
    for number in [0, 1, UInt32.max, 1 << 31] {
      let place = ZipProblem.endPastFile(what: "the directory")
      try expectZip(changed { $0.directorySize = number }, place, says: "is not inside the file")
      try expectZip(changed { $0.directoryPlace = number }, place, says: "is not inside the file")
    }
    try expectZip(changed { $0.disk = 1 }, .severalDisks, says: "several disks")
    try expectZip(changed { $0.entries[1].disk = 1 }, .severalDisks, says: "several disks")
  }

  /// The zip64 records may not say something else than the others.
  @Test func falseWideEnds() throws {
    for number in [1, 3, 1 << 40, UInt64.max] {
      try expectZip(
        changed { ($0.isWide, $0.wideCount) = (true, number) },
        .endsDiffer(what: "the number of entries"), says: "disagree about the number of entries")
      try expectZip(
        changed { ($0.isWide, $0.widePlace) = (true, number) },
        .endsDiffer(what: "the directory's place"), says: "disagree about the directory's place")
      try expectZip(
        changed { ($0.isWide, $0.wideRecordPlace) = (true, number) },
        .endPastFile(what: "the zip64 end record"), says: "zip64 end record is not inside")
      try expectZip(
        changed { ($0.isWide, $0.widePlace, $0.directoryPlace) = (true, number, .max) },
        .endPastFile(what: "the directory"), says: "not inside")
    }
    try expectZip(
      changed { ($0.isWide, $0.wideCount, $0.count) = (true, 100_001, .max) },
      .tooManyEntries(100_001, limit: 100_000), says: "at most 100000")
  }

  @Test func falseWideSizes() throws {
    let beyond = ZipProblem.headersDiffer(
      "m/data/0", what: "sizes beyond 4 GiB, which its zip64 field lacks")
    try expectZip(changed { $0.entries[1].size = .max }, beyond, says: "4 GiB")
    try expectZip(
      changed {
        $0.entries[1].size = .max
        $0.entries[1].extra = [1, 0, 4, 0, 1, 2, 3, 4]
      }, beyond, says: "4 GiB")
    for number in [1 << 40, UInt64.max] {
      try expectZip(
        changed {
          $0.entries[1].size = .max
          $0.entries[1].extra = [1, 0, 16, 0] + number.littleEndianBytes + number.littleEndianBytes
        }, .endPastFile(what: "entry 'm/data/0'"), says: "'m/data/0' is not inside the file")
    }
    try expectZip(
      changed { $0.entries[1].extra = [1, 0, 99, 0] },
      .headersDiffer("m/data/0", what: "the length of its extra fields"), says: "extra fields")
    try expectZip(
      changed { $0.entries[1].extra = [1, 0, 0, 0, 1, 0, 0, 0] },
      .headersDiffer("m/data/0", what: "two zip64 fields"), says: "two zip64 fields")
  }

  @Test(arguments: [
    8: "deflate", 9: "deflate64", 12: "bzip2", 14: "lzma", 93: "zstd", 77: "method 77",
  ])
  func compression(_ method: UInt16, _ name: String) throws {
    try expectZip(
      changed { $0.entries[0].method = method }, .compressed("m/data.pkl", method: name),
      says: "'m/data.pkl' is compressed (\(name))")
  }

  @Test(arguments: [1, 0x40, 0x2000, 0x801] as [UInt16]) func encryption(_ flags: UInt16) throws {
    try expectZip(
      changed { $0.entries[1].flags = flags }, .encrypted("m/data/0"),
      says: "'m/data/0' is encrypted")
  }

  @Test func headersThatDiffer() throws {
    func expect(_ what: String, _ change: (inout ZipBytes.Entry) -> Void) throws {
      try expectZip(
        changed { change(&$0.entries[1]) }, .headersDiffer("m/data/0", what: what),
        says: "disagree about \(what)")
    }
    try expect("the name") { $0.ownName = Array("m/data/1".utf8) }
    try expect("the flags") { $0.ownFlags = 0 }
    try expect("the method") { $0.ownMethod = 8 }
    try expect("the size") { $0.ownSize = 15 }
    try expect("the size") { $0.ownSize = 0 }
    try expect("the checksum") { $0.ownChecksum = 1 }
    try expect("the sizes") { $0.stored = 15 }
    try expect("its place") { $0.ownMagic = 0 }
    try expect("the checksum after the data") { $0.flags = 8 }
    try expect("the size after the data") {
      $0.flags = 8
      $0.descriptor = UInt32(0x0807_4B50).littleEndianBytes
      $0.descriptor += ZipBytes.checksum($0.data).littleEndianBytes
      $0.descriptor += [UInt8](repeating: 1, count: 16)
    }
  }

  @Test func entriesInEachOther() throws {
    var zip = Self.good
    zip.entries[1].place = 0
    try expectZip(zip, .overlap("m/data.pkl", "m/data/0"), says: "'m/data.pkl' and 'm/data/0'")
    for place in [1, 40, UInt32.max - 1] {
      zip.entries[1].place = place
      let path = try Scratch().write("m.bin", zip.bytes)
      let error = refusal { () throws(CheckpointError) in try TensorSource.torch(path) }
      expectSentence(error, names: path, says: "damaged PyTorch file", "entr")
    }
    // One entry's data holds the next one.
    try expectZip(
      changed { $0.entries[0].size = 200 }, .headersDiffer("m/data.pkl", what: "the size"),
      says: "the size")
  }

  @Test(
    arguments: [
      "m/../x", "../m/x", "/m/x", "m//x", "m/./x", "x", "m/", "", "m\\x/y", "m/a\u{0}b", "m/a\nb",
      "./x", "../../etc/passwd",
    ])
  func names(_ name: String) throws {
    let problem: ZipProblem =
      name.isEmpty ? .directory(entry: 1, what: "its name is not UTF-8") : .badName(name)
    let says = name.isEmpty ? "its name" : "is not a possible name"
    let path = try Scratch().write("m.bin", changed { $0.entries[1].name = name }.bytes)
    let error = refusal { () throws(CheckpointError) in try TensorSource.torch(path) }
    #expect(error == .torch(.zip(problem), path: path))
    expectSentence(error, names: path, says: says)
    #expect(error?.description.contains("\n") == false)
  }

  @Test func otherNames() throws {
    try expectZip(
      changed { $0.entries[1].directoryName = [0x6D, 0x2F, 0xFF] },
      .directory(entry: 1, what: "its name is not UTF-8"), says: "not UTF-8")
    try expectZip(
      changed { $0.entries[1].name = "m/data.pkl" }, .duplicate("m/data.pkl"), says: "stands twice")
    try expectZip(
      changed { $0.entries[1].name = "n/data/0" }, .severalFolders("m", "n"), says: "'m' and 'n'")
  }

  @Test func checksums() throws {
    try expectZip(
      changed { $0.entries[0].checksum = 7 }, .checksum("data.pkl"), says: "its checksum")
    var flipped = Self.good
    flipped.entries[0].checksum = ZipBytes.checksum(Self.pickle)
    flipped.entries[0].data[9] ^= 1
    try expectZip(flipped, .checksum("data.pkl"), says: "its checksum")
  }
}
