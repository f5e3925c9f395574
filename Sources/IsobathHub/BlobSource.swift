// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a file of a commit is, and what it must turn out to be.
struct BlobSource {
  let address: WebAddress
  let name: String
  /// The blob's name in the cache.
  let etag: String
  let bytes: Int
  let digests: Set<ContentDigest>

  /// Asks for a file's head; of a file that is kept elsewhere, the redirect there has all that is
  /// asked.
  static func ask(
    _ session: HubSession, _ file: HubFile, commit: String
  ) throws(Trouble) -> BlobSource {
    let address = try session.resolve(file.name, commit: commit)
    let head = try session.send(.head, address, following: .relative) { _, _ in }
    let wrong = { (what: String) in Trouble.lasting(.answer(url: address.text, what: what)) }
    guard let found = head["x-repo-commit"] else {
      throw wrong("no X-Repo-Commit in the answer, which is not a hub's")
    }
    guard found == commit else { throw wrong("commit \(found) where \(commit) was asked for") }
    guard let etag = (head["x-linked-etag"] ?? head["etag"]).map(normalised), isBlobName(etag)
    else {
      throw wrong("no ETag in the answer that can name a file")
    }
    let length = head.isRedirect ? nil : head.number("content-length")
    guard let bytes = head.number("x-linked-size") ?? length ?? file.bytes else {
      throw wrong("no size in the answer")
    }
    if let listed = file.bytes, listed != bytes {
      throw wrong("\(bytes) bytes where the list of files says \(listed)")
    }
    return BlobSource(
      address: address, name: file.name, etag: etag, bytes: bytes,
      digests: Set([ContentDigest(hex: etag), file.digest].compactMap { $0 }))
  }

  /// Without the marks of a weak one and the quotes, as Python's client names blobs.
  private static func normalised(_ etag: String) -> String {
    let text = etag.drop { $0 == "W" || $0 == "/" }.drop { $0 == "\"" }
    return String(text.reversed().drop { $0 == "\"" }.reversed())
  }

  private static func isBlobName(_ etag: String) -> Bool {
    HubName.isFile(etag) && etag.utf8.count <= 200 && etag.first != "."
      && etag.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  /// Gets what the partial file lacks.
  ///
  /// - Parameter progress: called with the bytes that are there.
  func receive(
    _ session: HubSession, _ partial: PartialFile, progress: (Int) -> Void
  ) throws(Trouble) {
    if partial.bytes > bytes { try lasting(partial.clear) }
    let start = partial.bytes
    progress(start)
    guard start < bytes else { return }
    var isFirst = true
    let headers = start > 0 ? ["Range: bytes=\(start)-"] : []
    let head = try session.send(.get, address, headers: headers, following: .all) {
      head, part throws(Trouble) in
      if isFirst { try begin(head, session, partial, start: start) }
      isFirst = false
      guard partial.bytes + part.count <= bytes else {
        throw .lasting(
          .wrongSize(file: name, found: partial.bytes + part.count, expected: bytes))
      }
      try lasting { () throws(HubError) in try partial.append(part) }
      progress(partial.bytes)
    }
    if head.status == 416 {
      try lasting(partial.clear)
      throw .passing(.status(url: address.text, 416))
    }
    if isFirst { try begin(head, session, partial, start: start) }
    guard partial.bytes == bytes else {
      let missing = "\(bytes - partial.bytes) bytes of \(name) are missing"
      throw .passing(.network(host: address.host, .cut(missing)))
    }
  }

  /// What the answer is: the rest that was asked for, or the whole file after all.
  private func begin(
    _ head: HTTPHead, _ session: HubSession, _ partial: PartialFile, start: Int
  ) throws(Trouble) {
    try session.refuseEncoding(head, address)
    if head.status == 206 {
      let range = head.contentRange
      if let total = range.total, total != bytes {
        throw .lasting(.wrongSize(file: name, found: total, expected: bytes))
      }
      guard range.start == start else {
        try lasting(partial.clear)
        throw .passing(.answer(url: address.text, what: "another part than was asked for"))
      }
      return
    }
    if start > 0 { try lasting(partial.clear) }
    if let length = head.number("content-length"), length != bytes {
      throw .lasting(.wrongSize(file: name, found: length, expected: bytes))
    }
  }

  private func lasting(_ write: () throws(HubError) -> Void) throws(Trouble) {
    do throws(HubError) { try write() } catch { throw .lasting(error) }
  }
}

extension HubSession {
  /// `/<name>/resolve/<commit>/<file>`: of one commit, whatever happens to a branch meanwhile.
  func resolve(_ file: String, commit: String) throws(Trouble) -> WebAddress {
    try address(
      "/\(WebAddress.escaped(id.name, keeping: "/"))/resolve/\(commit)/"
        + WebAddress.escaped(file, keeping: "/"))
  }
}
