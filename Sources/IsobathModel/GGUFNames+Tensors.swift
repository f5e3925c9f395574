// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint

extension GGUFNames {
  /// The file's tensors for what the family asks for.
  func map(_ file: GGUFFile, _ settings: GGUFSettings) -> NameMap {
    let count = { (key: String) -> Int? in
      if case .number(let number) = settings.values[key] { Int(exactly: number) } else { nil }
    }
    let heads = permuted.compactMapValues { $0.lazy.compactMap(count).first }
    let experts = count("num_local_experts") ?? 0
    let names = self
    return NameMap(
      stored: { name in
        let (stem, kind) = names.divided(name)
        let (prefix, place, number) = names.place(stem)
        let has = { (own: String) in file.source.tensors[prefix + own + kind] != nil }
        switch place {
        case .whole(let own):
          return StoredTensor(prefix + own + kind, permutedHeads: heads[own])
        case .third(let index, let whole, let own):
          return !has(own) && has(whole)
            ? StoredTensor(prefix + whole + kind, part: .init(index, of: 3))
            : StoredTensor(prefix + own + kind)
        case .expert(let whole, let own):
          return !has(whole) && has("\(own).\(number)")
            ? StoredTensor("\(prefix)\(own).\(number)\(kind)")
            : StoredTensor(prefix + whole + kind, part: .init(number, of: experts))
        }
      }, isNative: false, configuring: settings.tensors)
  }

  /// A name before its last dot, and the rest: `weight` or `bias`.
  private func divided(_ name: String) -> (stem: String, kind: String) {
    guard let dot = name.lastIndex(of: ".") else { return (name, "") }
    return (String(name[..<dot]), String(name[dot...]))
  }

  /// What the file writes before the place, the place, and an expert's number.
  private func place(_ stem: String) -> (prefix: String, place: Place, number: Int) {
    guard stem.hasPrefix(blocks + ".") else { return ("", parts[stem] ?? .whole(stem), 0) }
    let rest = stem.dropFirst(blocks.count + 1).split(separator: ".")
    let numbers = rest.dropFirst().compactMap { Int($0) }
    let part = rest.dropFirst().map { Int($0) == nil ? String($0) : "*" }.joined(separator: ".")
    return ("blk.\(rest.first ?? "").", parts[part] ?? .whole(part), numbers.first ?? 0)
  }
}
