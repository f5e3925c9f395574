// SPDX-License-Identifier: GPL-3.0-or-later

/// A model on the hub: `org/name`, `name`, `org/name@revision`, `org/name@revision:file.gguf`.
///
/// Names follow the hub's rules, revisions git's. A revision may contain slashes (`refs/pr/3`); a
/// file is a GGUF file of a model that keeps several. Neither `@` nor `:` can be part of a name, and
/// `:` not of a revision, so that the spelling has one reading.
package struct HubID: Sendable, Hashable {
  /// `org/name`, or `name` for the oldest models.
  package let name: String
  /// A branch, a tag, a ref or a commit.
  package let revision: String
  /// A GGUF file in the model's repository, perhaps in a folder of it.
  package let file: String?

  /// - Parameter revision: from an option beside the id; it must not contradict the id's own.
  /// - Throws: `HubError.notAModel`, `HubError.twoRevisions`.
  package init(_ text: String, revision: String? = nil) throws(HubError) {
    let wrong = { (fault: HubIDFault) in HubError.notAModel(text, fault) }
    let nameEnd = text.firstIndex { $0 == "@" || $0 == ":" } ?? text.endIndex
    let name = String(text[..<nameEnd])
    var rest = text[nameEnd...]
    var own: String?
    if rest.first == "@" {
      let end = rest.firstIndex(of: ":") ?? rest.endIndex
      own = String(rest[..<end].dropFirst())
      rest = rest[end...]
    }
    let file = rest.isEmpty ? nil : String(rest.dropFirst())
    if let fault = HubIDFault.inName(name, isBare: nameEnd == text.endIndex && revision == nil) {
      throw wrong(fault)
    }
    if let own, let revision, own != revision { throw .twoRevisions(own, revision) }
    self.name = name
    self.revision = own ?? revision ?? "main"
    self.file = file
    guard HubID.isRevision(self.revision) else { throw wrong(.revision(self.revision)) }
    if let file, !HubName.isPath(file) || !file.lowercased().hasSuffix(".gguf") {
      throw wrong(.file(file))
    }
  }

  /// Whether the revision can only mean one state of the files.
  package var isPinned: Bool { HubID.isCommit(revision) }

  /// 40 lowercase hexadecimal digits.
  package static func isCommit(_ text: String) -> Bool {
    text.utf8.count == 40 && text.utf8.allSatisfy("0123456789abcdef".utf8.contains)
  }

  /// What git accepts as the name of a ref, and no more than a path on disk can hold.
  static func isRevision(_ text: String) -> Bool {
    let forbidden: Set<Unicode.Scalar> = [" ", "~", "^", ":", "?", "*", "[", "\\", "\u{7F}"]
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return text.utf8.count <= 200 && !text.contains("@{") && !text.contains("..")
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !forbidden.contains($0) }
      && parts.allSatisfy { !$0.isEmpty && $0.first != "." && $0.last != "." && $0.first != "-" }
      && !text.hasSuffix(".lock")
  }
}

extension HubID: CustomStringConvertible {
  /// The id as it is typed; the revision only when it is not `main`, or the name looks like a file's.
  package var description: String {
    let isPlain = revision == "main" && !name.lowercased().hasSuffix(".gguf")
    return name + (isPlain ? "" : "@" + revision) + (file.map { ":" + $0 } ?? "")
  }
}

/// Why a text is no id.
package enum HubIDFault: Error, Equatable, Sendable {
  case empty
  /// Spelled as a path, or as a file's name.
  case path
  case slashes
  case characters
  case ends
  case length
  case doubled
  case git
  case revision(String)
  case file(String)

  /// - Parameter isBare: nothing follows the name that only an id can have.
  static func inName(_ name: String, isBare: Bool) -> HubIDFault? {
    guard !name.isEmpty else { return .empty }
    let isPath =
      ["/", "./", "../", "~"].contains(where: name.hasPrefix) || name.hasSuffix("/")
      || name == "." || name == ".." || isBare && name.lowercased().hasSuffix(".gguf")
    if isPath { return .path }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return .slashes }
    let isWord = { (c: Unicode.Scalar) in
      c == "_" || c.isASCII && (c.properties.isAlphabetic || ("0"..."9").contains(c))
    }
    for part in parts {
      let letters = part.unicodeScalars
      guard letters.allSatisfy({ isWord($0) || $0 == "-" || $0 == "." }) else {
        return .characters
      }
      guard letters.count <= 96 else { return .length }
      guard let first = letters.first, let last = letters.last, isWord(first), isWord(last) else {
        return .ends
      }
    }
    if name.contains("--") || name.contains("..") { return .doubled }
    return name.hasSuffix(".git") ? .git : nil
  }
}

extension HubIDFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "it is empty"
    case .path: "nothing is at this path"
    case .slashes: "an id has one slash at the most"
    case .characters: "an id has letters, digits, '-', '_' and '.' of ASCII"
    case .ends: "a part of an id is not empty and neither begins nor ends with '-' or '.'"
    case .length: "a part of an id has 96 characters at the most"
    case .doubled: "an id has neither '--' nor '..'"
    case .git: "an id does not end in '.git'"
    case .revision(let found): "'\(shown(found))' cannot be a revision"
    case .file(let found): "'\(shown(found))' cannot be a .gguf file of a model"
    }
  }
}

/// Names of files as a hub may send them.
enum HubName {
  /// A relative path that stays where it is joined to, on any file system.
  static func isPath(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return text.utf8.count <= 1024 && parts.allSatisfy { isFile(String($0)) }
  }

  /// One component of such a path.
  static func isFile(_ text: String) -> Bool {
    !text.isEmpty && text != "." && text != ".." && text.utf8.count <= 255
      && text.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && $0.value != 0x7F && $0 != "/" && $0 != "\\"
      }
  }
}
