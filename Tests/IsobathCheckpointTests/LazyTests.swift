// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import Testing

/// Opening reads what describes the tensors, however many gigabytes they have.
///
/// The files are sparse: ten gigabytes of nothing that take no room on disk.
@Suite struct LazyTests {
  /// F32 elements of each file's one large tensor: 10 GiB of them.
  private static let count = 10 << 28
  private static let bytes = 4 * count
  /// Pages of the file that an opening may bring into memory, with the system's reading ahead.
  private static let most = 4 << 20

  /// Opens a folder or file, compares how much of the file is in memory, and reads the last element.
  private func open(_ path: String, _ file: String, _ tensor: String) throws {
    let checkpoint = try Checkpoint.open(path)
    let found = try #require(checkpoint.source.tensors[tensor])
    #expect(found.count == Self.count && found.bytes.count == Self.bytes)
    #expect(checkpoint.files.map(\.bytes).reduce(0, +) > Self.bytes)
    #if os(Linux)
    let resident = try residentBytes(of: file)
    print("\(file.split(separator: "/").last ?? ""): \(resident) bytes in memory after opening")
    #expect(resident > 0 && resident < Self.most)
    #endif
    // One row of very many is read without the others.
    var last: [Float] = [7]
    let rows = (found.shape[0] - 1)..<found.shape[0]
    try checkpoint.source.load(found, rows: rows, into: &last)
    #expect(last == [0])
  }

  #if os(Linux)
  /// The resident part of a mapped file, from the system's list of this process's mappings.
  private func residentBytes(of file: String) throws -> Int {
    let list = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/smaps"))
    let maps = String(decoding: try list.readToEnd() ?? Data(), as: UTF8.self)
    let lines = maps.split(separator: "\n")
    let start = try #require(lines.firstIndex { $0.hasSuffix(file) })
    let line = try #require(lines[start...].first { $0.hasPrefix("Rss:") })
    return 1024 * (try #require(Int(line.split(separator: " ")[1])))
  }
  #endif

  private func sparse(
    _ scratch: Scratch, _ name: String, front: [UInt8], back: [UInt8] = []
  ) throws -> String {
    let path = try scratch.write(name, front)
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    let end = front.count + Self.bytes
    try file.truncate(atOffset: UInt64(end))
    try file.seek(toOffset: UInt64(end))
    try file.write(contentsOf: back)
    try file.close()
    return path
  }

  @Test func safetensors() throws {
    let scratch = try Scratch()
    try scratch.write("config.json", "{}")
    let entry = SafetensorsBytes.entry("t", "F32", "[\(Self.count)]", "[0,\(Self.bytes)]")
    let front = SafetensorsBytes.file("{\(entry)}")
    let path = try sparse(scratch, "model.safetensors", front: front)
    try open(scratch.folder.path(percentEncoded: false), path, "t")
  }

  @Test func gguf() throws {
    let tensor = GGUFBytes.Entry(name: "t", extents: [1, UInt64(Self.count)], bytes: 0)
    let front = GGUFBytes(tensors: [tensor]).bytes
    let path = try sparse(try Scratch(), "model.gguf", front: front)
    try open(path, path, "t")
  }

  /// Beyond 4 GiB the sizes stand in the zip64 fields.
  @Test func torch() throws {
    let scratch = try Scratch()
    try scratch.write("config.json", "{}")
    let tensor = PickleBytes.tensor(
      PickleBytes.storage("FloatStorage", "0", Self.count), shape: [Self.count])
    var zip = ZipBytes.checkpoint(PickleBytes.file("t", tensor), [("0", [])])
    zip.isWide = true
    zip.entries[1].size = .max
    zip.entries[1].ownSize = .max
    zip.entries[1].checksum = 0
    let size = UInt64(Self.bytes).littleEndianBytes
    zip.entries[1].extra = [1, 0, 16, 0] + size + size
    let front = zip.front
    let back = zip.back(at: front.count + Self.bytes)
    let path = try sparse(scratch, "pytorch_model.bin", front: front, back: back)
    try open(scratch.folder.path(percentEncoded: false), path, "t")
  }
}
