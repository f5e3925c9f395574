// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto

/// A SHA-256 digest.
package struct Digest: Sendable, Hashable {
  /// 64 lowercase hexadecimal digits.
  package let hex: String

  /// - Parameter hex: nil results from anything but 64 lowercase hexadecimal digits.
  package init?(hex: String) {
    let digits = "0123456789abcdef".utf8
    guard hex.utf8.count == 64, hex.utf8.allSatisfy(digits.contains) else { return nil }
    self.hex = hex
  }

  package init(of bytes: some Sequence<UInt8>) {
    self.init(SHA256.hash(data: Array(bytes)))
  }

  package init(of text: String) { self.init(of: text.utf8) }

  /// Of token ids, each as a little-endian int32.
  package init(ofTokens ids: [Int32]) {
    self.init(of: Blob.bytes(ids))
  }

  fileprivate init(_ digest: SHA256.Digest) {
    let digits = Array("0123456789abcdef".unicodeScalars)
    var hex = ""
    for byte in digest {
      hex.unicodeScalars.append(digits[Int(byte >> 4)])
      hex.unicodeScalars.append(digits[Int(byte & 15)])
    }
    self.hex = hex
  }
}

/// A digest of documents that come one after the other: of each, its id and then its text, and of
/// either its length in bytes as a little-endian uint64 and then its UTF-8, so that no two corpora
/// are alike.
package struct RunningDigest: Sendable {
  private var hash = SHA256()

  package init() {}

  /// A document of a corpus.
  package mutating func add(document id: String, text: String) {
    add(id)
    add(text)
  }

  private mutating func add(_ text: String) {
    let bytes = Array(text.utf8)
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
    hash.update(data: bytes)
  }

  package var digest: Digest { Digest(hash.finalize()) }
}
