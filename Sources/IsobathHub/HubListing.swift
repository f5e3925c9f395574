// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// A file as the hub lists it.
package struct HubFile: Sendable, Equatable {
  /// A relative path without `..`.
  package let name: String
  /// nil when the hub does not say.
  package let bytes: Int?
  let digest: ContentDigest?
}

/// What the hub says that a revision is: a commit and its files.
struct HubListing {
  let commit: String
  let files: [HubFile]

  private static let byteLimit = 64 << 20
  private static let fileLimit = 200_000

  /// Asks `/api/models/<name>/revision/<revision>`.
  static func ask(_ session: HubSession) throws(HubError) -> HubListing {
    let id = session.id
    let path =
      "/api/models/\(WebAddress.escaped(id.name, keeping: "/"))"
      + "/revision/\(WebAddress.escaped(id.revision))?blobs=true"
    return try session.retries { () throws(Trouble) in
      let address = try session.address(path)
      let bytes = try session.content(address, limit: byteLimit)
      return try HubListing(bytes, address, id)
    }
  }

  private init(_ bytes: [UInt8], _ address: WebAddress, _ id: HubID) throws(Trouble) {
    let wrong = { (what: String) in Trouble.lasting(.answer(url: address.text, what: what)) }
    let root: JSON
    do throws(JSONError) {
      root = try JSONDocument(bytes, limits: JSONLimits(bytes: HubListing.byteLimit, depth: 32))
        .root
    } catch {
      let isPage = bytes.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }.first == UInt8(ascii: "<")
      throw wrong(isPage ? "a web page instead of JSON" : "not valid JSON (\(error))")
    }
    guard let commit = root["sha"]?.string, HubID.isCommit(commit) else {
      throw wrong("no commit in the answer")
    }
    guard !id.isPinned || id.revision == commit else {
      throw wrong("commit \(commit) where \(id.revision) was asked for")
    }
    guard let siblings = root["siblings"], siblings.kind == .array else {
      throw wrong("no list of files in the answer")
    }
    guard siblings.count <= HubListing.fileLimit else { throw wrong("\(siblings.count) files") }
    self.commit = commit
    var files: [HubFile] = []
    var names: Set<String> = []
    for entry in siblings.elements {
      guard let name = entry["rfilename"]?.string else { throw wrong("a file without a name") }
      guard !HubListing.climbs(name), names.insert(name).inserted else {
        throw wrong("the list of files has '\(shown(name))', which cannot be a file's name here")
      }
      // A name that only other systems can have is no harm while the file is not needed.
      if HubName.isPath(name) { files.append(HubFile(name: name, entry)) }
    }
    self.files = files
  }

  private static func climbs(_ name: String) -> Bool {
    name.isEmpty || name.hasPrefix("/") || name.unicodeScalars.contains("\0")
      || name.split(separator: "/", omittingEmptySubsequences: false).contains("..")
      || name.split(separator: "\\", omittingEmptySubsequences: false).contains("..")
  }
}

extension HubFile {
  /// Up to 16 TiB: any number of them can be added.
  private static let sizes = 0...(1 << 44)

  fileprivate init(name: String, _ entry: JSON) {
    let lfs = entry["lfs"]
    let bytes = lfs?["size"]?.int ?? entry["size"]?.int
    self.name = name
    self.bytes = bytes.flatMap { HubFile.sizes.contains($0) ? $0 : nil }
    // A file in LFS has its content's digest there; its blob is only a pointer's.
    let hex = lfs?["sha256"]?.string ?? (lfs?.kind == .object ? nil : entry["blobId"]?.string)
    digest = hex.flatMap(ContentDigest.init)
  }
}

extension HubSession {
  /// A whole answer in memory.
  func content(_ address: WebAddress, limit: Int) throws(Trouble) -> [UInt8] {
    var bytes: [UInt8] = []
    _ = try send(.get, address, following: .all) { head, part throws(Trouble) in
      try refuseEncoding(head, address)
      guard bytes.count + part.count <= limit else {
        throw .lasting(.answer(url: address.text, what: "an answer of more than \(limit) bytes"))
      }
      bytes.append(contentsOf: part)
    }
    return bytes
  }

  /// Bytes that are not the file's own would be cut and joined wrongly.
  func refuseEncoding(_ head: HTTPHead, _ address: WebAddress) throws(Trouble) {
    guard let encoding = head["content-encoding"], encoding.lowercased() != "identity" else {
      return
    }
    throw .lasting(
      .answer(url: address.text, what: "encoded as \(encoding), which was not asked for"))
  }
}
