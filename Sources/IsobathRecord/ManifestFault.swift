// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// What is wrong with a run's manifest.
package enum ManifestFault: Error, Sendable, Equatable {
  case notJSON(JSONError)
  case notAManifest
  /// Written by a later version of Isobath.
  case newer(found: Int, supported: Int)
  case missing(path: String)
  case unknown(path: String)
  case wrongKind(path: String, expected: String)
  /// The digest that the manifest states is not that of its inputs.
  case altered(stated: String, computed: String)
}

extension ManifestFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJSON(let error): "not JSON: \(error)"
    case .notAManifest: "not the manifest of a run: its format is not '\(RunManifest.format)'"
    case .newer(let found, let supported):
      """
      version \(found) of a run's manifest, and this Isobath reads \(supported): use the version \
      that wrote it, or a later one
      """
    case .missing(let path): "\(path) is missing"
    case .unknown(let path): "\(path) is not a part of this version's manifest"
    case .wrongKind(let path, let expected): "\(path) must be \(expected)"
    case .altered(let stated, let computed):
      """
      the inputs were altered: their digest is \(computed.prefix(16))… and the manifest says \
      \(stated.prefix(16))…; restore the original
      """
    }
  }
}

/// An object of a manifest with exactly the members that it must have.
struct ManifestObject {
  private let json: JSON
  private let path: String

  /// - Throws: `ManifestFault` naming a member that lacks or one that is not known.
  init(_ json: JSON, _ path: String, keys: [String]) throws(ManifestFault) {
    guard json.kind == .object else { throw .wrongKind(path: path, expected: "an object") }
    self.json = json
    self.path = path
    for (key, _) in json.members where !keys.contains(key) {
      throw .unknown(path: place(key))
    }
    for key in keys where json[key] == nil { throw .missing(path: place(key)) }
  }

  private func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private func member(_ key: String) throws(ManifestFault) -> JSON {
    guard let member = json[key] else { throw .missing(path: place(key)) }
    return member
  }

  func object(_ key: String, keys: [String]) throws(ManifestFault) -> ManifestObject {
    try ManifestObject(try member(key), place(key), keys: keys)
  }

  func objects(_ key: String, keys: [String]) throws(ManifestFault) -> [ManifestObject] {
    let list = try member(key)
    guard list.kind == .array else { throw .wrongKind(path: place(key), expected: "a list") }
    var found: [ManifestObject] = []
    for (index, element) in list.elements.enumerated() {
      found.append(try ManifestObject(element, "\(place(key)).\(index)", keys: keys))
    }
    return found
  }

  func settings(_ key: String) throws(ManifestFault) -> [Setting] {
    try [Setting](try member(key), path: place(key))
  }

  func text(_ key: String) throws(ManifestFault) -> String {
    guard let text = try member(key).string else {
      throw .wrongKind(path: place(key), expected: "a text")
    }
    return text
  }

  func optionalText(_ key: String) throws(ManifestFault) -> String? {
    try member(key).isNull ? nil : try text(key)
  }

  /// A count, 0 or more.
  func count(_ key: String) throws(ManifestFault) -> Int {
    guard let count = try member(key).int, count >= 0 else {
      throw .wrongKind(path: place(key), expected: "a whole number, 0 or more")
    }
    return count
  }

  func digest(_ key: String) throws(ManifestFault) -> Digest {
    guard let digest = Digest(hex: try text(key)) else {
      throw .wrongKind(path: place(key), expected: "a SHA-256 digest in hexadecimal")
    }
    return digest
  }
}
