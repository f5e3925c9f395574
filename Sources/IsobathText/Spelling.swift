// SPDX-License-Identifier: GPL-3.0-or-later

/// How a vocabulary spells text.
enum Spelling: Sendable {
  case byteAlphabet
  /// A mark for spaces, and `<0x00>` for bytes.
  case marked(space: [UInt8])
  /// A mark for pieces within a word.
  case wordPiece(prefix: [UInt8])
  /// A mark for the beginning of a word.
  case phantomSpace
  case plain

  /// Appends the text of a token.
  func append(_ token: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    switch self {
    case .byteAlphabet: bytes += ByteAlphabet.decode(token) ?? Array(token)
    case .marked(let space):
      if let byte = Spelling.byte(token) {
        bytes.append(byte)
      } else {
        bytes += Spelling.replacing(space, in: token)
      }
    case .phantomSpace:
      let text = Spelling.replacing(SafeCuts.space, in: token)
      bytes += bytes.isEmpty && text.first == 0x20 ? text.dropFirst() : text[...]
    case .wordPiece(let prefix):
      if token.starts(with: prefix), token.count > prefix.count {
        bytes += token.dropFirst(prefix.count)
      } else {
        if !bytes.isEmpty { bytes.append(0x20) }
        bytes += token
      }
    case .plain: bytes += token
    }
  }

  /// The byte that `<0x41>` stands for.
  private static func byte(_ token: ArraySlice<UInt8>) -> UInt8? {
    guard token.count == 6, token.starts(with: Array("<0x".utf8)), token.last == 0x3E else {
      return nil
    }
    return UInt8(String(decoding: token.dropFirst(3).prefix(2), as: UTF8.self), radix: 16)
  }

  private static func replacing(_ mark: [UInt8], in token: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var rest = token
    while !rest.isEmpty {
      if !mark.isEmpty, rest.starts(with: mark) {
        text.append(0x20)
        rest = rest.dropFirst(mark.count)
      } else if let byte = rest.popFirst() {
        text.append(byte)
      }
    }
    return text
  }
}
