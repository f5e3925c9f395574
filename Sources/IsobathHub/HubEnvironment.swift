// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Where the hub and its cache are, from the variables that huggingface_hub reads, as it reads them.
///
/// A variable that is set to nothing is set, except where Python's client itself skips it. Tokens
/// from a CI's identity provider (HF_OIDC_RESOURCE) and the refresh of browser logins are not done.
/// The source of each rule is huggingface_hub 2.4, `constants.py` and `utils/_auth.py`.
package struct HubEnvironment: Sendable {
  /// `HF_HUB_CACHE`, else `HUGGINGFACE_HUB_CACHE`, else `hub` in `HF_HOME`.
  package var cache: String
  /// `HF_HUB_OFFLINE`; `TRANSFORMERS_OFFLINE` when that one is empty or not set.
  package var isOffline: Bool
  /// `HF_ENDPOINT` without a slash at its end.
  package var endpoint: String
  /// Seconds until a connection must stand and a question be answered.
  package var etagTimeout: Int
  /// Seconds without data after which a download is cut.
  package var downloadTimeout: Int
  /// False when files are to be moved into snapshots, not linked.
  package var usesLinks: Bool
  /// `SSL_CERT_FILE`: certificates to trust instead of the system's.
  package var certificates: String?
  /// Hosts that are not asked through a proxy; this machine is always among them.
  package var withoutProxy: String
  /// From `HF_TOKEN` or `HUGGING_FACE_HUB_TOKEN`, cleaned.
  private var tokenGiven: String?
  private var tokenFile: String?

  /// - Throws: `HubError.setting` for a timeout that is no number or an endpoint that is no address.
  package init(_ variables: [String: String]) throws(HubError) {
    let paths = PathExpansion(variables)
    let home = paths.expanded(
      variables["HF_HOME"] ?? join(variables["XDG_CACHE_HOME"] ?? "~/.cache", "huggingface"))
    cache = paths.expanded(
      variables["HF_HUB_CACHE"] ?? variables["HUGGINGFACE_HUB_CACHE"] ?? join(home, "hub"))
    isOffline = isTrue(
      variables["HF_HUB_OFFLINE"].flatMap(nonEmpty) ?? variables["TRANSFORMERS_OFFLINE"])
    endpoint = try HubEnvironment.endpoint(variables["HF_ENDPOINT"])
    etagTimeout = try HubEnvironment.seconds("HF_HUB_ETAG_TIMEOUT", variables)
    downloadTimeout = try HubEnvironment.seconds("HF_HUB_DOWNLOAD_TIMEOUT", variables)
    usesLinks = !isTrue(variables["HF_HUB_DISABLE_SYMLINKS"])
    certificates = variables["SSL_CERT_FILE"].flatMap(nonEmpty)
    let here = "localhost,127.0.0.1,::1"
    withoutProxy =
      (variables["no_proxy"] ?? variables["NO_PROXY"]).flatMap(nonEmpty).map { $0 + "," + here }
      ?? here
    if !isTrue(variables["HF_HUB_DISABLE_IMPLICIT_TOKEN"]) {
      tokenGiven = HubEnvironment.cleaned(
        variables["HF_TOKEN"].flatMap(nonEmpty) ?? variables["HUGGING_FACE_HUB_TOKEN"] ?? "")
      tokenFile = paths.expanded(variables["HF_TOKEN_PATH"] ?? join(home, "token"))
    }
  }

  /// The environment of this process.
  package static func ofProcess() throws(HubError) -> HubEnvironment {
    try HubEnvironment(ProcessInfo.processInfo.environment)
  }

  /// The token to send, nil without one. The file is read when it is asked for.
  /// - Throws: `HubError.setting`, which never holds the token itself.
  package func token() throws(HubError) -> String? {
    var token = tokenGiven
    if token == nil { token = try tokenInFile() }
    guard let token else { return nil }
    guard token.utf8.count <= 4096, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .setting(
        name: "HF_TOKEN", found: "not printable",
        expected: "letters, digits and signs of ASCII without spaces")
    }
    return token
  }

  private func tokenInFile() throws(HubError) -> String? {
    guard let tokenFile else { return nil }
    do {
      return HubEnvironment.cleaned(try String(contentsOfFile: tokenFile, encoding: .utf8))
    } catch {
      guard FileManager.default.fileExists(atPath: tokenFile) else { return nil }
      throw .setting(
        name: "HF_TOKEN_PATH", found: "'\(tokenFile)', which cannot be read",
        expected: "a text file with the token")
    }
  }

  private static func cleaned(_ token: String) -> String? {
    let line = String(
      String.UnicodeScalarView(token.unicodeScalars.filter { $0 != "\r" && $0 != "\n" }))
    return nonEmpty(line.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func endpoint(_ given: String?) throws(HubError) -> String {
    var text = given ?? "https://huggingface.co"
    while text.hasSuffix("/") { text.removeLast() }
    guard let address = WebAddress(text), address.isWeb, !text.contains("?"), !text.contains("#")
    else {
      throw .setting(
        name: "HF_ENDPOINT", found: "'\(text)'",
        expected: "an address such as https://host, without a user's name")
    }
    return text
  }

  private static func seconds(
    _ name: String, _ variables: [String: String]
  ) throws(HubError) -> Int {
    guard let text = variables[name] else { return 10 }
    guard let seconds = Int(text.trimmingCharacters(in: .whitespaces)),
      (0...86_400).contains(seconds)
    else {
      throw .setting(name: name, found: "'\(text)'", expected: "a whole number of seconds")
    }
    return seconds == 0 ? 10 : seconds
  }
}

private func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }

private func isTrue(_ value: String?) -> Bool {
  ["1", "ON", "YES", "TRUE"].contains(value?.uppercased())
}

/// As Python's `os.path.join`.
private func join(_ folder: String, _ name: String) -> String {
  folder.isEmpty || folder.hasSuffix("/") ? folder + name : folder + "/" + name
}
