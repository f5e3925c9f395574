// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// `~` and `$NAME` in paths, as Python's `os.path.expanduser` and `os.path.expandvars`.
struct PathExpansion {
  private let variables: [String: String]

  init(_ variables: [String: String]) { self.variables = variables }

  /// First the user, then the variables: what an expanded variable holds is not expanded again.
  func expanded(_ path: String) -> String { withVariables(withUser(path)) }

  private func withUser(_ path: String) -> String {
    guard path.hasPrefix("~") else { return path }
    let user = path.dropFirst().prefix { $0 != "/" }
    let rest = path.dropFirst(1 + user.count)
    guard var home = home(String(user)) else { return path }
    while home.hasSuffix("/") { home.removeLast() }
    let whole = home + rest
    return whole.isEmpty ? "/" : whole
  }

  private func home(_ user: String) -> String? {
    if user.isEmpty {
      return variables["HOME"]
        ?? FileManager.default.homeDirectoryForCurrentUser.path(percentEncoded: false)
    }
    return FileManager.default.homeDirectory(forUser: user)?.path(percentEncoded: false)
  }

  /// An unknown variable stays as it is written.
  private func withVariables(_ path: String) -> String {
    var result = ""
    var rest = path[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...]
      let after = rest.dropFirst()
      let name: Substring
      let written: Int
      if after.first == "{", let end = after.firstIndex(of: "}") {
        name = after[after.index(after: after.startIndex)..<end]
        written = name.count + 3
      } else {
        name = after.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
        written = name.count + 1
      }
      result +=
        name.isEmpty
        ? rest.prefix(written)
        : variables[String(name)].map { $0[...] }
          ?? rest.prefix(written)
      rest = rest.dropFirst(written)
    }
    return result + rest
  }
}
