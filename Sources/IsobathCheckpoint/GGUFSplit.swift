// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A model in several GGUF files, `<name>-00001-of-00003.gguf` and so on: the first has the metadata,
/// each says which it is.
struct GGUFSplit {
  private let given: GGUFPart
  private let count: Int
  private let folder: URL
  private let name: String

  /// nil for a model in one file, which says nothing, one, or after merging none.
  init?(_ given: GGUFPart) throws(CheckpointError) {
    let path = given.file.path
    do throws(GGUFProblem) {
      guard let count = try given.number("split.count"), !(0...1).contains(count) else {
        return nil
      }
      guard count > 1 else { throw .badCount(what: "parts", found: Int64(count)) }
      let url = URL(filePath: path)
      guard let stem = GGUFSplit.stem(url.lastPathComponent, of: count) else {
        throw .partName(count: count, expected: GGUFSplit.name("<name>", 1, of: count))
      }
      self.given = given
      self.count = count
      folder = url.deletingLastPathComponent()
      name = stem
    } catch { throw .gguf(error, path: path) }
  }

  /// All parts in their order, checked against each other.
  func parts() throws(CheckpointError) -> [GGUFPart] {
    let names = (1...count).map { GGUFSplit.name(name, $0, of: count) }
    for part in names where !FileManager.default.fileExists(atPath: path(part)) {
      throw .gguf(.missingPart(part), path: given.file.path)
    }
    var parts: [GGUFPart] = []
    for (index, name) in names.enumerated() {
      let part = try GGUFPart(path(name), index: index)
      do throws(GGUFProblem) { try check(part, index, parts.first) } catch {
        throw .gguf(error, path: part.file.path)
      }
      parts.append(part)
    }
    try checkTensors(parts, names)
    return parts
  }

  private func path(_ name: String) -> String {
    folder.appending(path: name).path(percentEncoded: false)
  }

  /// What a part says of itself, and that it repeats nothing of the first part's otherwise.
  private func check(
    _ part: GGUFPart, _ index: Int, _ first: GGUFPart?
  ) throws(GGUFProblem) {
    let found = (try part.number("split.no"), try part.number("split.count"))
    guard found == (index, count) else {
      throw .partNumber(
        found: found.0.map { $0 &+ 1 }, of: found.1, name: index + 1, count: count)
    }
    guard let first else { return }
    for (key, value) in part.metadata.sorted(by: { $0.key < $1.key })
    where !key.hasPrefix("split.") && key != "general.alignment" {
      guard first.metadata[key] == value else { throw .partKey(key) }
    }
  }

  private func checkTensors(_ parts: [GGUFPart], _ names: [String]) throws(CheckpointError) {
    var holder: [String: Int] = [:]
    for (index, part) in parts.enumerated() {
      for tensor in part.tensors.keys.sorted() {
        if let other = holder.updateValue(index, forKey: tensor) {
          throw .gguf(.inTwoParts(tensor, names[other], names[index]), path: part.file.path)
        }
      }
    }
    for part in parts {
      do throws(GGUFProblem) {
        let claimed = try part.number("split.tensors.count")
        guard claimed == holder.count else {
          throw .partTensors(claimed: claimed, found: holder.count)
        }
      } catch { throw .gguf(error, path: part.file.path) }
    }
  }

  // MARK: - Names

  private static func name(_ stem: String, _ number: Int, of count: Int) -> String {
    "\(stem)-\(digits(number))-of-\(digits(count)).gguf"
  }

  private static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 5 - text.count)) + text
  }

  /// What stands before the numbers in a part's name; nil when it is not one of `count` parts.
  private static func stem(_ name: String, of count: Int) -> String? {
    let tail = name.suffix(20)
    guard let number = Int(tail.dropFirst().prefix(5)), (1...count).contains(number),
      tail == self.name("", number, of: count)
    else { return nil }
    return String(name.dropLast(20))
  }
}
