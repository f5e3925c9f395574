// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Foundation

/// What a page allows itself: its own style and its own script, known by their digests, and nothing
/// from anywhere else. https://www.w3.org/TR/CSP3/
struct ContentPolicy: Sendable {
  let text: String

  /// - Parameters:
  ///   - script: exactly what stands between the tags.
  ///   - style: likewise.
  init(script: String, style: String) {
    text =
      "default-src 'none'; script-src '\(ContentPolicy.source(script))'; "
      + "style-src '\(ContentPolicy.source(style))'; base-uri 'none'; form-action 'none'"
  }

  private static func source(_ text: String) -> String {
    let digest = SHA256.hash(data: Data(text.utf8))
    return "sha256-" + Data(digest).base64EncodedString()
  }
}

/// The files beside the sources, which are compiled into the module.
enum Resource {
  static let script = String(decoding: PackageResources.report_js, as: UTF8.self)
  static let style = String(decoding: PackageResources.report_css, as: UTF8.self)
}
