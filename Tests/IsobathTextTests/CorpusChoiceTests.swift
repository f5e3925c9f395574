// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

@testable import IsobathText

/// Which documents: several files, samples, presets, tables.
@Suite struct CorpusChoiceTests {
  private let scene: CorpusScene

  init() throws { scene = try CorpusScene() }

  private func lines(_ name: String, _ range: Range<Int>) throws -> String {
    try scene.write(name, range.map { "text \($0)\n" }.joined())
  }

  @Test func severalFilesFollowEachOtherUnderTheirStems() throws {
    let paths = [try lines("b.txt", 0..<2), try lines("a.txt", 2..<4)]
    let documents = try Corpus.read(CorpusOptions(paths: paths)).documents
    #expect(documents.map(\.id) == ["b:line-1", "b:line-2", "a:line-1", "a:line-2"])
    #expect(documents.map(\.text) == (0..<4).map { "text \($0)" })
    let three = try Corpus.read(CorpusOptions(paths: paths, limit: 3)).documents
    #expect(three == Array(documents.prefix(3)))
    let two = try Corpus.read(CorpusOptions(paths: paths, limit: 2)).documents
    #expect(two == Array(documents.prefix(2)))
  }

  @Test func stemsThatAreAlikeGetTheirFolders() throws {
    let paths = [try lines("x/test.txt", 0..<1), try lines("y/test.txt", 0..<1)]
    #expect(
      try Corpus.read(CorpusOptions(paths: paths)).documents.map(\.id)
        == ["x/test:line-1", "y/test:line-1"])
    let forms = [try lines("a.txt", 0..<1), try scene.write("a.jsonl", "\"b\"\n")]
    #expect(
      try Corpus.read(CorpusOptions(paths: forms)).documents.map(\.id)
        == ["a.txt:line-1", "a.jsonl:line-1"])
    let mixed = [
      try lines("x/a.b.txt", 0..<1), try lines("x/a.c.txt", 0..<1), try lines("y/a.b.txt", 0..<1),
    ]
    #expect(
      try Corpus.read(CorpusOptions(paths: mixed)).documents.map(\.id)
        == ["x/a.b.txt:line-1", "x/a.c.txt:line-1", "y/a.b.txt:line-1"])
    CorpusScene.expectRefusal(CorpusOptions(paths: [paths[0], paths[0]]), "test.txt", "twice")
  }

  @Test func anEmptyFileAmongSeveralIsNamed() throws {
    let paths = [try lines("a.txt", 0..<1), try scene.write("b.txt", "\n")]
    CorpusScene.expectRefusal(CorpusOptions(paths: paths), "b.txt", "no document")
  }

  /// random.seed(123); random.sample(range(100), 30), from three files of 20, 30 and 50.
  @Test func aSampleIsDrawnFromAllFilesInTheOrderDrawn() throws {
    let paths = [
      try lines("a.txt", 0..<20), try lines("b.txt", 20..<50), try lines("c.txt", 50..<100),
    ]
    let drawn = try #require(CorpusSample(count: 30).draw(from: 100))
    var options = CorpusOptions(paths: paths, sample: CorpusSample(count: 30))
    let corpus = try Corpus.read(options)
    #expect(corpus.documents.map(\.text) == drawn.map { "text \($0)" })
    #expect(Array(drawn.prefix(5)) == [6, 34, 11, 52, 98])
    #expect(
      corpus.rules == ["drawn as Python does: random.seed(123); random.sample(range(100), 30)"])
    options.limit = 4
    #expect(try Corpus.read(options).documents.map(\.text) == drawn.prefix(4).map { "text \($0)" })
    options.sample = CorpusSample(count: 101)
    CorpusScene.expectRefusal(options, "a.txt", "100 documents", "101")
  }

  @Test func emptyTextsAreLeftOutWhereAPresetSaysSo() throws {
    let path = try scene.write("a.jsonl", "{\"text\":\"\"}\n{\"text\":\"b\"}\n{\"text\":\" \"}\n")
    var options = CorpusOptions(paths: [path], keepsEmpty: false)
    let corpus = try Corpus.read(options)
    #expect(corpus.documents.map(\.id) == ["line-2", "line-3"])
    #expect(corpus.rules == ["left out for an empty text: 1"])
    options.sample = CorpusSample(count: 2)
    #expect(Set(try Corpus.read(options).documents.map(\.id)) == ["line-2", "line-3"])
  }

  @Test(arguments: presets) func everyPresetFindsItsFilesPlainAndPacked(
    preset: CorpusPreset
  ) throws {
    let folder = scene.folder.path(percentEncoded: false)
    CorpusScene.expectRefusal(preset, [folder], preset.id, preset.files[0])
    for (index, file) in preset.files.enumerated() {
      try scene.write(
        (preset.folders.last ?? "") + file
          + (index % 2 == 0 || file.hasSuffix(".parquet") ? "" : ".gz"), "x")
    }
    let found = try preset.paths([folder])
    #expect(found.count == preset.files.count)
    for (path, file) in zip(found, preset.files) { #expect(path.contains(file)) }
    #expect(try preset.paths(["elsewhere/one.jsonl"]) == ["elsewhere/one.jsonl"])
    #expect(preset.maxTokens == 2048)
    #expect(preset.about.contains("'\(preset.field)'") && preset.about.contains("arXiv"))
  }

  @Test func thePresetsAreThePapersRules() {
    #expect(presets.map(\.id) == ["dolly", "wiki", "openwebtext2", "hh-rlhf"])
    #expect(presets.map(\.field) == ["context", "text", "text", "chosen"])
    #expect(presets.map(\.keepsEmpty) == [false, true, true, true])
    let sample = CorpusSample(count: 10_000, seed: 123)
    #expect(presets.map(\.sample) == [nil, sample, sample, nil])
    #expect(presets.map(\.files.count) == [1, 41, 1, 4])
    #expect(
      presets[3].files == [
        "harmless-base/test.jsonl", "helpful-base/test.jsonl", "helpful-online/test.jsonl",
        "helpful-rejection-sampled/test.jsonl",
      ])
  }

  @Test func aTableIsAskedForWhatIsNeededAlone() throws {
    let table = ToyTable(rows: 50)
    let path = try scene.write("t.parquet", "PAR1")
    var options = CorpusOptions(paths: [path], tables: table)
    #expect(try Corpus.read(options).documents.count == 50)
    options.limit = 3
    #expect(try Corpus.read(options).documents.map(\.text) == ["row 0", "row 1", "row 2"])
    options.limit = nil
    options.sample = CorpusSample(count: 5, seed: 7)
    let drawn = try #require(CorpusSample(count: 5, seed: 7).draw(from: 50))
    let documents = try Corpus.read(options).documents
    #expect(documents.map(\.text) == drawn.map { "row \($0)" })
    #expect(documents.map(\.id) == drawn.map { "line-\($0 + 1)" })
    #expect(table.asked == [[nil, nil], [nil, 3], [5, nil]])
    options.onError = .skip
    #expect(try Corpus.read(options).documents == documents)
    options.field = "abstract"
    CorpusScene.expectRefusal(options, "abstract", "text (VARCHAR)", "size (INTEGER)")
    options.field = "size"
    CorpusScene.expectRefusal(options, "no text in field 'size'")
    options.tables = nil
    CorpusScene.expectRefusal(options, "t.parquet", "duckdb", "pip install duckdb-cli")
  }
}

extension CorpusScene {
  fileprivate static func expectRefusal(
    _ preset: CorpusPreset, _ paths: [String], _ words: String...
  ) {
    do throws(TextError) {
      _ = try preset.paths(paths)
      Issue.record("the preset \(preset.id) misses no file")
    } catch { for word in words { #expect("\(error)".contains(word)) } }
  }
}
