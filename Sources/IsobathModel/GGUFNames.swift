// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

/// How GGUF files spell a family: its metadata keys, its tensors, and what the converter changed.
package struct GGUFNames: Sendable {
  /// The value of `general.architecture`.
  package let architecture: String
  /// The family's configuration keys, and the metadata keys (after the architecture) that hold them.
  package let keys: [String: String]
  /// Metadata keys that repeat what tensors say.
  package let ignored: Set<String>
  /// The prefix of the family's block tensors before their index.
  package let blocks: String
  /// Parts of names: the family's, and GGUF's.
  package let parts: [String: String]
  /// Parts whose rows the converter permuted, and the configuration key of their number of heads.
  package let permuted: [String: String]

  /// The configuration as the family spells it; a metadata key that is not known keeps its name, so
  /// that it is refused as unread.
  func config(_ file: GGUFFile) -> [String: ConfigValue] {
    let prefix = architecture + "."
    var config: [String: ConfigValue] = [:]
    for (key, value) in file.metadata where key.hasPrefix(prefix) {
      let name = String(key.dropFirst(prefix.count))
      if ignored.contains(name) { continue }
      let known = keys.first { $0.value == name }?.key
      config[known ?? key] = ConfigValue(value)
    }
    if config["vocab_size"] == nil, let table = file.source.tensors["token_embd.weight"] {
      config["vocab_size"] = .number(Double(table.shape.first ?? 0))
    }
    return config
  }

  /// The names of the file's tensors for what the family asks for.
  func map(_ file: GGUFFile) -> NameMap {
    let prefix = architecture + "."
    let heads: [String: Int] = permuted.compactMapValues { key in
      keys[key].flatMap { file.metadata[prefix + $0]?.int }
    }
    let names = self
    return NameMap(
      stored: { names.stored($0) },
      heads: { name in heads.first { name.hasSuffix($0.key) }?.value },
      keepsTransposed: false)
  }

  private func stored(_ name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return name }
    let (stem, kind) = (String(name[..<dot]), name[dot...])
    guard stem.hasPrefix(blocks + ".") else { return (parts[stem] ?? stem) + kind }
    let rest = stem.dropFirst(blocks.count + 1)
    guard let end = rest.firstIndex(of: ".") else { return name }
    let part = String(rest[rest.index(after: end)...])
    return "blk.\(rest[..<end]).\(parts[part] ?? part)\(kind)"
  }
}
