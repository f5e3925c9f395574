// SPDX-License-Identifier: GPL-3.0-or-later

/// One request of one address.
struct HTTPRequest {
  enum Method {
    case head
    case get
  }
  let method: Method
  let address: WebAddress
  /// Whole header lines.
  var headers: [String]
  /// Seconds in which the connection must stand.
  let connectTimeout: Int
  /// Seconds without data after which the transfer is given up.
  let stallTimeout: Int
}

/// The status and headers of an answer.
struct HTTPHead {
  private(set) var status = 0
  private(set) var lines: [(name: String, value: String)] = []
  private var bytes = 0

  private static let byteLimit = 1 << 17

  /// The last header of this name.
  subscript(name: String) -> String? { lines.last { $0.name == name.lowercased() }?.value }

  func number(_ name: String) -> Int? {
    self[name].flatMap { text in
      text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
  }

  /// A `Content-Range` of an answer with 206 or 416: where it begins, and how large the file is.
  var contentRange: (start: Int?, total: Int?) {
    guard let text = self["content-range"], text.lowercased().hasPrefix("bytes ") else {
      return (nil, nil)
    }
    let sides = text.dropFirst(6).split(separator: "/", maxSplits: 1)
    let start = sides.first?.split(separator: "-").first.flatMap { Int($0) }
    return (start, sides.count == 2 ? Int(sides[1]) : nil)
  }

  var isRedirect: Bool {
    [301, 302, 303, 307, 308].contains(status) && self["location"] != nil
  }

  /// Takes one line; a status line begins a new answer.
  /// - Returns: false when there are more than an honest server sends.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    bytes += line.count
    guard bytes <= HTTPHead.byteLimit else { return false }
    if text.hasPrefix("HTTP/") {
      status = text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
      lines = []
    } else if let colon = text.firstIndex(of: ":") {
      lines.append(
        (String(text[..<colon]).lowercased(), trimmed(text[text.index(after: colon)...])))
    }
    return true
  }

  private func trimmed(_ text: Substring) -> String {
    let isSpace = { (c: Character) in c.isWhitespace }
    let start = text.drop(while: isSpace)
    return String(start.reversed().drop(while: isSpace).reversed())
  }
}
