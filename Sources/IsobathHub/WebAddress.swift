// SPDX-License-Identifier: GPL-3.0-or-later
import CCurl

/// An absolute address, taken apart by the same parser that makes the request.
struct WebAddress: Equatable {
  let text: String
  let scheme: String
  let host: String
  let port: String

  /// nil for what is no absolute address, and for one with a user's name in it.
  init?(_ text: String) { self.init(text, from: nil) }

  /// What a `Location` means that this address answered with.
  func resolving(_ location: String) -> WebAddress? { WebAddress(location, from: self) }

  private init?(_ text: String, from base: WebAddress?) {
    guard !text.isEmpty, text.utf8.count <= 16_384,
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let parts = curl_url()
    else { return nil }
    defer { curl_url_cleanup(parts) }
    let flags = UInt32(CURLU_DISALLOW_USER | CURLU_NON_SUPPORT_SCHEME)
    if let base {
      guard curl_url_set(parts, CURLUPART_URL, base.text, flags) == CURLUE_OK else { return nil }
    }
    guard curl_url_set(parts, CURLUPART_URL, text, flags) == CURLUE_OK,
      let whole = WebAddress.part(parts, CURLUPART_URL),
      let scheme = WebAddress.part(parts, CURLUPART_SCHEME),
      let host = WebAddress.part(parts, CURLUPART_HOST)
    else { return nil }
    self.text = base == nil ? text : whole
    self.scheme = scheme.lowercased()
    self.host = host.lowercased()
    port = WebAddress.part(parts, CURLUPART_PORT) ?? ""
  }

  private static func part(_ parts: OpaquePointer, _ part: CURLUPart) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(parts, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text
    else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

  /// Whether this is an address that is asked at all.
  var isWeb: Bool { scheme == "https" || scheme == "http" }

  /// Whether a token for the one may be sent to the other: same scheme, host and port.
  func hasOrigin(of other: WebAddress) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }

  /// Whether a `Location` stays on the host that sent it, by its spelling.
  static func isRelative(_ location: String) -> Bool {
    guard !location.hasPrefix("//") else { return false }
    let scheme = location.prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0))
    }
    return scheme.isEmpty || location.dropFirst(scheme.count).first != ":"
  }

  /// The text as a part of a path, all but letters, digits and `-._~` escaped.
  static func escaped(_ text: String, keeping kept: Character? = nil) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { result, byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      if isPlain || "-._~".unicodeScalars.contains(scalar)
        || kept.map(String.init) == String(scalar)
      {
        result.unicodeScalars.append(scalar)
      } else {
        result += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
      }
    }
  }
}
