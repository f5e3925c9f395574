// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathJSON
import IsobathModel
import IsobathTestSupport
import Testing

/// Configurations as the field's checkpoints spell them, keys of older writers included: each is read
/// to its last key.
@Suite struct HubConfigTests {
  static let configurations: [(name: String, values: [String: ConfigValue])] = {
    do {
      let root = try JSONDocument(Array(Fixtures.data("configs/hub.json"))).root
      return root.members.map { name, json in
        guard case .object(let values) = ConfigValue(json) else { return (name, [:]) }
        return (name, values)
      }
    } catch {
      Issue.record("\(error)")
      return []
    }
  }()

  @Test(arguments: configurations.map(\.name)) func everyKeyIsUnderstood(_ name: String) throws {
    let values = try #require(Self.configurations.first { $0.name == name }).values
    guard case .string(let type)? = values["model_type"] else {
      Issue.record("\(name) has no model_type")
      return
    }
    let family = try #require(families.first { $0.modelTypes.contains(type) })
    let reader = ConfigReader(values, file: name)
    let size = try family.init(reader).dimensions
    try reader.finish()
    #expect(size.blocks > 0 && size.context >= 512)
  }

  @Test func thereAreSome() { #expect(Self.configurations.count >= 29) }
}
