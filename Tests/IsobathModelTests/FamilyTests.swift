// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathCheckpoint
import IsobathModel
import IsobathTestSupport
import Testing

/// The list of families, and configurations that must be refused.
@Suite struct FamilyTests {
  @Test func theListIsSound() {
    let names = families.map { $0.name }
    #expect(Set(names).count == names.count)
    let types = families.flatMap { Array($0.modelTypes) }
    #expect(Set(types).count == types.count)
    for family in families {
      #expect(family.about.contains("arXiv"), "\(family.name) cites no source")
      #expect(
        FileManager.default.fileExists(
          atPath: Fixtures.path("tiny/\(family.name)/expected.safetensors"))
          || hasFixture(family), "\(family.name) has no tiny checkpoint")
    }
  }

  /// Of the families that share an architecture, all but one have a mark, and no two the same.
  @Test func ggufFilesHaveOneFamily() {
    let marks = families.compactMap { $0.gguf }.map { [$0.architecture, $0.mark ?? ""] }
    #expect(Set(marks).count == marks.count)
  }

  private func hasFixture(_ family: any Architecture.Type) -> Bool {
    let folders = FileManager.default.enumerator(atPath: Fixtures.path("tiny"))?.allObjects ?? []
    return folders.compactMap { $0 as? String }.filter { $0.hasSuffix("/config.json") }.contains {
      let text = String(
        decoding: FileManager.default.contents(atPath: Fixtures.path("tiny/\($0)")) ?? Data(),
        as: UTF8.self)
      return family.modelTypes.contains { text.contains("\"model_type\": \"\($0)\"") }
    }
  }

  @Test(arguments: [
    ("\"silu\"", "\"mish\"", "hidden_act"),
    ("\"rope_type\": \"default\"", "\"rope_type\": \"yam\"", "yam"),
    (
      "\"rope_theta\": 100000.0", "\"rope_theta\": 100000.0, \"surprise\": 1",
      "rope_parameters.surprise"
    ),
    ("\"vocab_size\": 160", "\"vocab_size\": 161", "model.embed_tokens.weight"),
    ("\"intermediate_size\": 96", "\"intermediate_size\": 95", "[95, 48]"),
    ("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 2", "belong to no part"),
    ("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4", "model.layers.3"),
    ("\"num_key_value_heads\": 2", "\"num_key_value_heads\": 4", "divisor"),
    ("\"model_type\": \"llama\"", "\"model_type\": \"lama\"", "lama"),
    ("\"use_cache\"", "\"use_sliding_window\"", "use_sliding_window"),
    ("\"rms_norm_eps\": 1e-06", "\"rms_norm_eps\": 0", "rms_norm_eps"),
    ("\"hidden_size\": 48", "\"hidden_size\": \"48\"", "hidden_size"),
  ])
  func wrongConfigurationsAreRefusedByName(_ old: String, _ new: String, _ named: String) throws {
    let path = try Fixtures.altered("llama-gqa-tied", old, new)
    do {
      _ = try Model.open(path)
      Issue.record("\(new) was accepted")
    } catch {
      let sentence = "\(error)"
      #expect(sentence.contains(named), "\(sentence) does not name \(named)")
      #expect(sentence.contains(path), "\(sentence) does not name the file")
      #expect(!sentence.contains("\n"))
    }
  }

  @Test func gpt2Switches() throws {
    let path = try Fixtures.altered(
      "gpt2", "\"scale_attn_weights\": true", "\"scale_attn_weights\": false")
    #expect(throws: CheckpointError.self) { try Model.open(path) }
  }
}
