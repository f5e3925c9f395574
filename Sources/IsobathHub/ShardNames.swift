// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

/// The files that an index of shards names.
enum ShardNames {
  static let byteLimit = 64 << 20

  /// Why an index says nothing usable.
  struct Fault: Error {
    let what: String
  }

  /// The files' names, each once, in order.
  static func read(_ bytes: [UInt8]) throws(Fault) -> [String] {
    let root: JSON
    do throws(JSONError) {
      root = try JSONDocument(bytes, limits: JSONLimits(bytes: byteLimit, depth: 32)).root
    } catch {
      throw Fault(what: "not valid JSON (\(error))")
    }
    guard let map = root["weight_map"], map.kind == .object, map.count > 0 else {
      throw Fault(what: "no weight_map from tensors to files")
    }
    var names: Set<String> = []
    for (_, value) in map.members {
      guard let name = value.string, HubName.isFile(name) else {
        throw Fault(what: "'\(shown(value.string ?? value.kind.rawValue))' is no name of a shard")
      }
      names.insert(name)
    }
    return names.sorted()
  }
}
