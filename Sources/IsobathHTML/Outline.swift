// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMarkdown

/// A document's headings in their order, each with an id of its own.
struct Outline: Sendable {
  struct Entry: Sendable, Equatable {
    let level: Int
    let title: String
    let id: String
  }

  private(set) var entries: [Entry] = []
  private var taken: Set<String>

  /// - Parameter reserved: ids that the page itself has.
  init(_ blocks: [Block], reserved: Set<String> = []) {
    taken = reserved
    add(blocks)
  }

  private mutating func add(_ blocks: [Block]) {
    for block in blocks {
      switch block {
      case .heading(let level, let title, let anchor):
        let title = title.plain
        let id = free(anchor?.name ?? Outline.slug(title))
        entries.append(Entry(level: level, title: title, id: id))
      case .details(_, let blocks): add(blocks)
      case .list(let items, _): for item in items { add(item) }
      case .paragraph, .table, .image, .code, .notes, .rule: continue
      }
    }
  }

  private mutating func free(_ wanted: String) -> String {
    var id = wanted
    var number = 1
    while !taken.insert(id).inserted {
      id = "\(wanted)-\(number)"
      number += 1
    }
    return id
  }

  /// A heading's name as GitHub derives it from the words, of ASCII letters, digits and hyphens.
  static func slug(_ title: String) -> String {
    let kept = title.lowercased().unicodeScalars.compactMap { scalar -> Character? in
      switch scalar {
      case "a"..."z", "0"..."9", "-": Character(scalar)
      case " ": "-"
      default: nil
      }
    }
    let slug = String(kept.prefix(80))
    return slug.contains { $0 != "-" } ? slug : "section"
  }
}
