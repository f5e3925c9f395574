// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto

/// A digest of a file's content, of which the hub knows two kinds.
enum ContentDigest: Hashable, Sendable {
  /// SHA-256, of files in LFS.
  case sha256(String)
  /// SHA-1 as git computes it, of all others.
  case gitBlob(String)

  /// nil results from anything but 64 or 40 hexadecimal digits.
  init?(hex: String) {
    let text = hex.lowercased()
    guard text.utf8.allSatisfy("0123456789abcdef".utf8.contains) else { return nil }
    switch text.utf8.count {
    case 64: self = .sha256(text)
    case 40: self = .gitBlob(text)
    default: return nil
    }
  }

  var hex: String {
    switch self {
    case .sha256(let hex), .gitBlob(let hex): hex
    }
  }
}

/// Computes a digest of the same kind as another one, part by part.
struct DigestOfSameKind {
  private enum Hash {
    case sha256(SHA256)
    case sha1(Insecure.SHA1)
  }
  private var hash: Hash

  /// - Parameter bytes: the whole content's length, which git's digest begins with.
  init(as other: ContentDigest, bytes: Int) {
    switch other {
    case .sha256: hash = .sha256(SHA256())
    case .gitBlob:
      var sha = Insecure.SHA1()
      sha.update(data: Array("blob \(bytes)\0".utf8))
      hash = .sha1(sha)
    }
  }

  mutating func update(_ part: UnsafeRawBufferPointer) {
    switch hash {
    case .sha256(var sha):
      sha.update(bufferPointer: part)
      hash = .sha256(sha)
    case .sha1(var sha):
      sha.update(bufferPointer: part)
      hash = .sha1(sha)
    }
  }

  var digest: ContentDigest {
    switch hash {
    case .sha256(let sha): .sha256(text(sha.finalize()))
    case .sha1(let sha): .gitBlob(text(sha.finalize()))
    }
  }

  private func text(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
