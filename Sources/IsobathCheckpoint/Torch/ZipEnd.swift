// SPDX-License-Identifier: GPL-3.0-or-later

/// The records at the end of a zip archive: how many entries there are, and where their directory is.
struct ZipEnd {
  let count: Int
  let directory: Range<Int>

  private static let size = 22
  private static let (locatorSize, wideSize) = (20, 56)

  init(_ file: MappedFile) throws(ZipProblem) {
    let at = file.count - ZipEnd.size
    // No comment is allowed, so the record is at one place.
    guard at >= 0, file.number(at, UInt32.self) == 0x0605_4B50, file.number(at + 20) == 0 else {
      throw .noEnd
    }
    guard file.number(at + 4) == 0, file.number(at + 6) == 0 else { throw .severalDisks }
    let narrow = Place(
      entries: UInt64(file.number(at + 10)), here: UInt64(file.number(at + 8)),
      size: UInt64(file.number(at + 12, UInt32.self)),
      start: UInt64(file.number(at + 16, UInt32.self)))
    let locator = at - ZipEnd.locatorSize
    guard locator >= 0, file.number(locator, UInt32.self) == 0x0706_4B50 else {
      (count, directory) = try narrow.checked(before: at)
      return
    }
    let start = locator - ZipEnd.wideSize
    guard start >= 0, file.number(locator + 8, UInt64.self) == UInt64(start),
      file.number(start, UInt32.self) == 0x0606_4B50, file.number(start + 4, UInt64.self) == 44
    else { throw .endPastFile(what: "the zip64 end record") }
    let disks = [start + 16, start + 20, locator + 4].map { file.number($0, UInt32.self) }
    guard disks == [0, 0, 0], file.number(locator + 16, UInt32.self) <= 1 else {
      throw .severalDisks
    }
    let wide = Place(
      entries: file.number(start + 32, UInt64.self), here: file.number(start + 24, UInt64.self),
      size: file.number(start + 40, UInt64.self), start: file.number(start + 48, UInt64.self))
    try narrow.checkAgrees(with: wide)
    (count, directory) = try wide.checked(before: start)
  }

  /// What either record says of the directory.
  private struct Place {
    let entries: UInt64
    let here: UInt64
    let size: UInt64
    let start: UInt64

    /// A field too small for its number holds only ones, and the zip64 record has the number.
    func checkAgrees(with wide: Place) throws(ZipProblem) {
      let pairs = [
        ("the number of entries", entries, wide.entries, UInt64(UInt16.max)),
        ("the number of entries", here, wide.here, UInt64(UInt16.max)),
        ("the directory's size", size, wide.size, UInt64(UInt32.max)),
        ("the directory's place", start, wide.start, UInt64(UInt32.max)),
      ]
      for (what, narrow, wide, all) in pairs where narrow != wide && narrow != all {
        throw .endsDiffer(what: what)
      }
    }

    /// The directory ends where the records begin.
    func checked(before end: Int) throws(ZipProblem) -> (Int, Range<Int>) {
      guard entries == here else { throw .severalDisks }
      guard entries <= UInt64(ZipArchive.mostEntries) else {
        throw .tooManyEntries(
          Int(clamping: entries), limit: ZipArchive.mostEntries)
      }
      guard size <= UInt64(end), start == UInt64(end) - size else {
        throw .endPastFile(what: "the directory")
      }
      return (Int(entries), Int(start)..<end)
    }
  }
}

extension MappedFile {
  /// A little-endian number at an offset inside the file.
  func number<T: FixedWidthInteger & BitwiseCopyable>(_ at: Int, _ type: T.Type) -> T {
    T(littleEndian: bytes(at..<(at + MemoryLayout<T>.size)).loadUnaligned(as: T.self))
  }

  /// The 16-bit number at an offset inside the file.
  func number(_ at: Int) -> UInt16 { number(at, UInt16.self) }
}
