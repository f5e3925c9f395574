// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathJSON
import IsobathTestSupport
import Testing

/// Surveys of the same texts in every kind of file are the same survey.
@Suite(.timeLimit(.minutes(5)))
struct CorpusTests {
  private let work: URL
  private let model: TinyModel
  private static let texts = ["the cat sat", "rain over\nquiet hills", "so, she left"]

  init() throws {
    work = try Fixtures.temporaryFolder("isobath-corpora")
    model = try TinyModel(in: work)
  }

  @discardableResult
  private func write(_ name: String, _ text: String) throws -> String {
    let file = work.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return name
  }

  /// The run's id and its documents in order.
  private func survey(
    _ corpus: [String], _ extra: [String] = [], environment: [String: String] = [:]
  ) throws -> (run: String, documents: [String], manifest: String) {
    let output = "run-\(UUID().uuidString)"
    let call =
      ["survey", model.path, "--output", output, "--quiet", "--json"]
      + corpus.flatMap { ["--corpus", $0] } + extra
    let outcome = try Command.run(call, in: work, environment: environment)
    try #require(outcome.status == 0, "\(outcome.messages)")
    let csv = try Command.succeed(["export", output, "--format", "csv"], in: work).output
    let lines = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(lines.first?.firstIndex(of: "document"))
    var documents: [String] = []
    for line in lines.dropFirst() where !documents.contains(String(line[column])) {
      documents.append(String(line[column]))
    }
    let run = try #require(JSONDocument(Array(outcome.output.utf8)).root["run"]?.string)
    let manifest = try String(
      contentsOf: work.appending(path: "\(output)/run.json"), encoding: .utf8)
    return (run, documents.filter { !$0.isEmpty }, manifest)
  }

  private var lines: String { Texts.lines(CorpusTests.texts) }

  @Test func rowsAndLinesOfTheSameTextsAreTheSameRun() throws {
    let ids = ["{\"id\":\"a\",", "{\"id\":\"b\",", "{\"id\":\"c\","]
    let lines = zip(ids, lines.split(separator: "\n")).map { $0 + $1.dropFirst() }
    let expected = try survey([try write("a.jsonl", lines.joined(separator: "\n"))])
    let rows = zip(["a", "b", "c"], CorpusTests.texts).map { "\($0),\"\($1)\"\r\n" }.joined()
    let csv = try survey([try write("a.csv", "id,text\r\n" + rows)])
    let tsv = try survey([
      try write("a.tsv", "\u{FEFF}id\ttext\n" + rows.replacing(",\"", with: "\t\""))
    ])
    #expect(csv.run == expected.run && tsv.run == expected.run)
    #expect(csv.documents == ["a", "b", "c"])
  }

  /// The name may be any: the id of a run is that of its texts.
  @Test func theRunOfJSONLinesIsWhatItWas() throws {
    let run = try survey([
      try write("a.jsonl", "{\"text\":\"the cat\"}\n{\"id\":\"x\",\"text\":\"on a mat\"}\n")
    ])
    #expect(
      run.manifest.contains("\"sha256\": \"\(CorpusTests.digest)\""),
      "the digest of a corpus has changed")
  }

  private static let digest = "436c3dce594f013467b9bb33b70c65bc07ffe92871e52d6881f915ee414f120e"

  @Test(arguments: ["texts.txt.gz", "texts.txt.zst"]) func packedTextsAreTheSameRun(
    name: String
  ) throws {
    let plain = try survey([try write("a.txt", "the cat sat\ngrass\n")])
    #expect(try survey([Fixtures.path("corpora/\(name)")]).run == plain.run)
  }

  @Test func severalFilesAndASampleOfThem() throws {
    let files = try (0..<4).map { file in
      try write("part-\(file).txt", (0..<25).map { "text \(file * 25 + $0)\n" }.joined())
    }
    let drawn = try survey(files, ["--sample", "5", "--sample-seed", "123"])
    // random.seed(123); random.sample(range(100), 5) is 6, 34, 11, 98, 52.
    #expect(
      drawn.documents.sorted()
        == ["part-0:line-12", "part-0:line-7", "part-1:line-10", "part-2:line-3", "part-3:line-24"])
    #expect(drawn.manifest.contains("random.seed(123); random.sample(range(100), 5)"))
    #expect(drawn.manifest.contains("part-0.txt+part-1.txt"))
  }

  @Test func aPresetTakesItsFilesFromAFolder() throws {
    for part in ["harmless-base", "helpful-base", "helpful-online", "helpful-rejection-sampled"] {
      try write("hh/\(part)/test.jsonl", "{\"chosen\":\"yes \(part)\",\"rejected\":\"no\"}\n")
    }
    let preset = try survey(["hh"], ["--preset", "hh-rlhf"])
    #expect(preset.documents.contains("harmless-base/test:line-1"))
    #expect(preset.documents.count == 4)
    #expect(preset.manifest.contains("\"corpus\": \"hh-rlhf\""))
    let dolly = try write(
      "databricks-dolly-15k.jsonl",
      "{\"context\":\"\",\"response\":\"a\"}\n{\"context\":\"b c\",\"response\":\"d e\"}\n")
    #expect(try survey([dolly], ["--preset", "dolly"]).documents == ["line-2"])
    let other = try survey([dolly], ["--preset", "dolly", "--field", "response"])
    #expect(other.documents == ["line-1", "line-2"])
  }

  // MARK: - Parquet

  private func duckdb() throws -> [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return ["PATH": "\(try Python.programs()):\(path)"]
  }

  @Test func parquetIsReadWithDuckDB() throws {
    let name = "it's a table.parquet"
    try Fixtures.data("corpora/texts.parquet").write(to: work.appending(path: name))
    let all = try survey([name], environment: try duckdb())
    #expect(all.documents.sorted() == ["10", "11", "12", "13", "14"])
    // random.seed(5); random.sample(range(5), 2) is 4, 2.
    let drawn = ["--sample", "2", "--sample-seed", "5"]
    #expect(
      try survey([name], drawn, environment: try duckdb()).documents.sorted() == ["12", "14"])
    let missing = try Command.run(
      ["survey", model.path, "--corpus", name, "--field", "size", "--quiet"], in: work,
      environment: try duckdb())
    #expect(
      missing.status == 65 && missing.messages.contains("size (INTEGER)"), "\(missing.messages)")
  }

  @Test func damagedParquetIsDuckDBsToRefuse() throws {
    let damaged = try Fixtures.data("corpora/texts.parquet").dropLast(40)
    try damaged.write(to: work.appending(path: "a.parquet"))
    let outcome = try Command.run(
      ["survey", model.path, "--corpus", "a.parquet", "--quiet"], in: work,
      environment: try duckdb())
    #expect(outcome.status == 65, "\(outcome.messages)")
    #expect(outcome.messageLines.count == 1, "\(outcome.messages)")
    #expect(outcome.messages.contains("a.parquet: duckdb cannot read it: "))
  }

  /// A program that never answers, under duckdb's name.
  @Test func anInterruptionEndsDuckDB() throws {
    let program = "#!/bin/sh\necho $$ > \"\(work.text)/started\"\nsleep 600\n"
    try write("bin/duckdb", program)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: work.appending(path: "bin/duckdb").text)
    try write("a.parquet", "PAR1")
    let survey = try Running(
      ["survey", model.path, "--corpus", "a.parquet", "--output", "run"], in: work,
      environment: ["PATH": "\(work.appending(path: "bin").text):/usr/bin:/bin"])
    let started = work.appending(path: "started")
    for _ in 0..<500 where !FileManager.default.fileExists(atPath: started.text) {
      Thread.sleep(forTimeInterval: 0.02)
    }
    Thread.sleep(forTimeInterval: 0.1)
    let child = try #require(
      Int32(try String(contentsOf: started, encoding: .utf8).trimmingCharacters(in: .newlines)))
    survey.send(SIGINT)
    let outcome = try survey.wait()
    #expect(outcome.status == 130 && !outcome.endedBySignal, "\(outcome.messages)")
    #expect(outcome.messages.contains("stopped while the texts were read"))
    #expect(kill(child, 0) == -1, "the program is still there")
  }
}
