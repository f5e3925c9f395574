// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

@testable import IsobathText

/// Every kind of text file, and several as one corpus.
@Suite struct CorpusFormTests {
  private let scene: CorpusScene

  init() throws { scene = try CorpusScene() }

  private func texts(_ name: String, _ content: String) throws -> [String] {
    try Corpus.read(CorpusOptions(path: scene.write(name, content))).documents.map(\.text)
  }

  @Test func linesOfTextWithTheirNumbersAsIds() throws {
    let path = try scene.write("a.txt", "\u{FEFF}one\r\n\n \ntwo")
    let documents = try Corpus.read(CorpusOptions(path: path)).documents
    #expect(
      documents == [Document(id: "line-1", text: "one"), Document(id: "line-4", text: "two")])
  }

  @Test func linesOfJSONWithIdsAndSources() throws {
    let path = try scene.write(
      "a.ndjson",
      "\u{FEFF}{\"id\": 7, \"body\": \"one\", \"source\": \"s\"}\n\"two\"\n{\"content\": \"\"}\n")
    #expect(
      try Corpus.read(CorpusOptions(path: path)).documents == [
        Document(id: "7", text: "one", source: "s"), Document(id: "line-2", text: "two"),
        Document(id: "line-3", text: ""),
      ])
  }

  @Test func anArrayOrLinesUnderTheNameJSON() throws {
    #expect(try texts("a.json", " \n[\"one\", {\"text\": \"two\"}]\n") == ["one", "two"])
    #expect(try texts("b.json", "{\"text\": \"one\"}\n{\"text\": \"two\"}\n") == ["one", "two"])
    #expect(try texts("c.json", "\n\n{\"text\": \"one\"}") == ["one"])
    CorpusScene.expectRefusal(
      CorpusOptions(path: try scene.write("d.json", "7")), "d.json", "array", "one object a line")
    CorpusScene.expectRefusal(
      CorpusOptions(path: try scene.write("e.json", "[\"one\", ]")), "e.json", "not valid JSON")
    CorpusScene.expectRefusal(
      CorpusOptions(path: try scene.write("f.json", " \n ")), "f.json", "no document")
  }

  @Test func rowsOfRFC4180() throws {
    let path = try scene.write(
      "a.csv",
      "\u{FEFF}id,\"text\",source\r\n1,plain,s\r\n2,\"a, \"\"b\"\"\r\nc\",\r\n\r\n,\"\",t\r\nlast,end,"
    )
    #expect(
      try Corpus.read(CorpusOptions(path: path)).documents == [
        Document(id: "1", text: "plain", source: "s"),
        Document(id: "2", text: "a, \"b\"\r\nc"), Document(id: "line-6", text: "", source: "t"),
        Document(id: "last", text: "end"),
      ])
    #expect(try texts("b.tsv", "text\tmark\na, b\tx\n\"c\td\"\ty\n") == ["a, b", "c\td"])
    #expect(try texts("c.csv", "text\none\n\n\"\"\n") == ["one", ""])
    let options = CorpusOptions(paths: [try scene.write("d.csv", "a,b\n1,2\n")], field: "b")
    #expect(try Corpus.read(options).documents.map(\.text) == ["2"])
  }

  @Test(arguments: [
    ("text,b\none\n", ["line 2", "1 fields under a header of 2"]),
    ("text\n\"one\ntwo", ["line 2", "never closed"]),
    ("text\none \"two\"\n", ["line 2", "quote"]),
    ("text\n\"one\"two\n", ["line 2", "closing quote"]),
    ("text\none\rtwo\n", ["line 2", "carriage return"]),
    ("a,b\n1,2\n", ["line 1", "no text in field 'text'", "a, b", "--field"]),
    ("text,text\n1,2\n", ["line 1", "'text' stands twice"]), ("text\n", ["no document"]),
    ("", ["no document"]), ("id,text\n1,a\n1,b\n", ["'1' is on line 2 and on line 3"]),
  ])
  func refusesRows(content: String, words: [String]) throws {
    let options = CorpusOptions(path: try scene.write("a.csv", content))
    for word in words { CorpusScene.expectRefusal(options, "a.csv", word) }
  }

  @Test func aRowThatIsWrongCanBeLeftOut() throws {
    let path = try scene.write("a.csv", "text,b\none,1\ntwo\nthree,3\n")
    let corpus = try Corpus.read(CorpusOptions(path: path, onError: .skip))
    #expect(corpus.documents.map(\.text) == ["one", "three"])
    #expect(corpus.skipped.count == 1 && corpus.skipped[0].contains("line 3"))
  }

  @Test func invalidUTF8IsNamedByItsLine() throws {
    let path = try scene.write("a.csv", Data("text\na\n".utf8) + [0xFF] + Data("\n".utf8))
    CorpusScene.expectRefusal(CorpusOptions(path: path), "a.csv, line 3", "not UTF-8")
  }

  @Test(arguments: ["a.xml", "a", "a.gz", "a.parquet.gz", "a.docx.zst"])
  func anEndingThatSaysNothingIsRefusedWithThoseThatDo(name: String) throws {
    let options = CorpusOptions(path: try scene.write(name, "one\n"))
    CorpusScene.expectRefusal(options, name, ".jsonl", ".csv", ".tsv", ".zst", ".parquet")
  }

  @Test func aLineOf64MiBIsAnAccident() throws {
    let long = Data(repeating: 0x61, count: (64 << 20) + 1)
    let path = try scene.write("a.txt", Data("one\n".utf8) + long + Data("\ntwo\n".utf8))
    CorpusScene.expectRefusal(CorpusOptions(path: path), "a.txt, line 2", "64 MiB")
    let corpus = try Corpus.read(CorpusOptions(path: path, onError: .skip))
    #expect(corpus.documents.map(\.text) == ["one", "two"])
  }

  @Test func linesAreWholeAcrossPieces() throws {
    let lines = (0..<40_000).map { "text number \($0)" }
    let texts = try texts("a.txt", lines.joined(separator: "\n"))
    #expect(texts == lines)
    let quoted = lines.map { "\"\($0),\n\"\"x\"\"\"" }.joined(separator: "\r\n")
    #expect(try self.texts("a.csv", "text\r\n" + quoted) == lines.map { "\($0),\n\"x\"" })
  }
}
