// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathTestSupport
import Testing

@Suite struct ManifestTests {
  @Test func theFileAsAWhole() throws {
    try expectGolden(Samples.manifest().text, "record/run.json")
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let folder = try Fixtures.temporaryFolder().path(percentEncoded: false)
    var manifest = Samples.manifest()
    manifest.sessions[0].finished = "2026-01-02T03:10:00Z"
    try manifest.write(toFolder: folder)
    #expect(try RunManifest(folder: folder) == manifest)
  }

  @Test func theIdIsThatOfTheQuestion() {
    let manifest = Samples.manifest()
    #expect(manifest.id.count == 16)
    #expect(manifest.inputs.digest.hex.hasPrefix(manifest.id))

    var other = Samples.manifest(started: "2030-01-01T00:00:00Z")
    other.subject.model = "another name"
    other.subject.details = []
    other.sessions.append(RunSession(started: "later", isobath: "9"))
    other.inputs.files.reverse()
    other.inputs.files[0].name = "renamed.safetensors"
    other.inputs.options.reverse()
    #expect(other.id == manifest.id)
    #expect(manifest.inputs.differences(fromFolder: other.inputs) == [])
  }

  private static let changes: [(String, @Sendable (inout RunInputs) -> Void)] = [
    ("model.family", { $0.family = "gpt2" }),
    ("model.files", { $0.files[0].bytes = 21 }),
    ("model.files", { $0.files[0].digest = Digest(of: "other") }),
    ("model.files", { $0.files.removeLast() }),
    ("model.configuration", { $0.configuration = Digest(of: "other") }),
    ("model.tokenizer", { $0.tokenizer = Digest(of: "other") }),
    ("corpus.documents", { $0.documents = 7 }),
    ("corpus.sha256", { $0.corpus = Digest(of: "other") }),
    ("options.orders", { $0.options[1].value = .list([SettingValue(1)]) }),
    ("options.seed", { $0.options[2].value = SettingValue(1) }),
    ("options.new", { $0.options.append(Setting("new", .flag(true))) }),
    ("options.limit", { $0.options.removeAll { $0.name == "limit" } }),
    ("code", { $0.code = "2" }),
  ]

  @Test(arguments: changes.indices)
  func everyInputCounts(change: Int) {
    let (name, change) = Self.changes[change]
    var other = Samples.inputs()
    change(&other)
    #expect(other.digest != Samples.inputs().digest)
    let differences = other.differences(fromFolder: Samples.inputs())
    #expect(!differences.isEmpty)
    #expect(differences.allSatisfy { $0.input.hasPrefix(name) }, "\(differences)")
  }

  @Test func aDifferenceSaysBothSides() {
    var other = Samples.inputs()
    other.options[1].value = .list([SettingValue(0), SettingValue(1)])
    other.options.append(Setting("new", .flag(true)))
    other.code = String(repeating: "c", count: 100)
    let error = RecordError.differs(
      folder: "runs/mine", other.differences(fromFolder: Samples.inputs()))
    #expect(
      "\(error)" == """
        'runs/mine' holds a run of other inputs (options.orders: 0, 0.5, 1, inf there, 0, 1 now; \
        code: 1 there, cccccccccccccccccccccccc… now; options.new: nothing there, true now): \
        give another folder, or the same inputs to resume
        """)
  }

  private static let faults: [(String, String, String)] = [
    ("\"version\": 1", "\"version\": 2", "version 2 of a run's manifest, and this Isobath reads 1"),
    ("\"version\": 1", "\"version\": 0", "its format is not 'isobath.run'"),
    ("\"version\": 1", "\"version\": \"1\"", "its format is not 'isobath.run'"),
    ("isobath.run", "isobath.report", "its format is not 'isobath.run'"),
    ("\"code\": \"1\"", "\"code\": 1", "inputs.code must be a text"),
    ("\"code\": \"1\"", "\"code\": \"2\"", "the inputs were altered"),
    ("\"code\":", "\"kode\":", "inputs.kode is not a part of this version's manifest"),
    (",\n    \"code\": \"1\"", "", "inputs.code is missing"),
    ("\"documents\": 6", "\"documents\": -6", "inputs.corpus.documents must be a whole number"),
    ("\"documents\": 6", "\"documents\": 6.5", "inputs.corpus.documents must be a whole number"),
    ("\"bytes\": 10", "\"bytes\": 1e99", "inputs.model.files.1.bytes must be a whole number"),
    ("\"limit\": null", "\"limit\": {}", "inputs.options.limit must be a value or a list"),
    ("\"limit\": null", "\"limit\": 1e999", "inputs.options.limit must be a number"),
    ("\"limit\": null", "\"limit\": null, \"limit\": 1", "the key 'limit' stands twice"),
    ("\"finished\": null", "\"finished\": 7", "sessions.0.finished must be a text"),
    ("\"sessions\": [", "\"sessions\": [3, ", "sessions.0 must be an object"),
    ("\"family\": \"llama\"", "\"family\": \"\\ud800\"", "half of a surrogate pair"),
    ("{\n  \"format\"", "<html>", "not JSON: line 1"),
  ]

  @Test(arguments: faults.indices)
  func aManifestIsReadStrictly(fault: Int) throws {
    let (good, bad, message) = Self.faults[fault]
    let text = Samples.manifest().text
    let start = try #require(text.range(of: good))
    let folder = try Fixtures.temporaryFolder().path(percentEncoded: false)
    try AtomicFile.write(
      text.replacingCharacters(in: start, with: bad), to: Folder.join(folder, "run.json"))
    let error = #expect(throws: RecordError.self) { try RunManifest(folder: folder) }
    let said = error.map { "\($0)" } ?? ""
    #expect(said.contains(message), "\(said)")
    #expect(said.contains("run.json"))
    #expect(!said.contains("\n"))
  }

  @Test func aDigestIsHexadecimalAndOfTheRightLength() {
    // FIPS 180-2, appendix B.1.
    let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(Digest(of: "abc").hex == hex)
    #expect(Digest(hex: hex) == Digest(of: "abc"))
    #expect(Digest(hex: String(hex.dropLast())) == nil)
    #expect(Digest(hex: hex.uppercased()) == nil)
    #expect(Digest(hex: hex.replacing("b", with: "é")) == nil)
  }

  @Test func theDigestOfACorpusKnowsWhereTextsEnd() {
    func digest(_ documents: [(String, String)]) -> Digest {
      var running = RunningDigest()
      for (id, text) in documents { running.add(document: id, text: text) }
      return running.digest
    }
    let digests = [
      digest([("a", "bc")]), digest([("ab", "c")]), digest([("a", "b"), ("c", "")]),
      digest([("a", "b"), ("", "c")]), digest([]),
    ]
    #expect(Set(digests).count == digests.count)
  }
}
