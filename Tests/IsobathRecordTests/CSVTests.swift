// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathTestSupport
import Testing

@Suite struct CSVTests {
  @Test(arguments: [
    ("plain", "plain"),
    ("with,comma", "\"with,comma\""),
    ("with \"quote\"", "\"with \"\"quote\"\"\""),
    ("two\nlines", "\"two\nlines\""),
    ("two\r\nlines", "\"two\r\nlines\""),
    ("naïve 文字 🌊", "naïve 文字 🌊"),
    ("=1+1", "'=1+1"),
    ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\tx", "'\tx"),
    ("\nx", "\"'\nx\""),
    ("＝1", "'＝1"),
    ("'quoted'", "''quoted'"),
    ("it's", "it's"),
    ("\u{1B}[31m", "\\u001b[31m"),
    ("a\u{0}b", "a\\u0000b"),
    ("a\u{202E}b", "a\\u202eb"),
  ])
  func textsAreQuotedAndHarmless(text: String, cell: String) {
    #expect(CSV.line([.text(text)]) == cell + "\n")
  }

  @Test(arguments: [
    (0.1, "0.1"), (1, "1.0"), (-0.0, "-0.0"), (1.0 / 3, "0.3333333333333333"), (1e-7, "1e-07"),
    (.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
    (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"),
  ])
  func numbersAreTheShortestThatReadBack(number: Double, cell: String) {
    #expect(CSV.line([.number(number)]) == cell + "\n")
    #expect(number.isNaN || Double(cell) == number)
  }

  @Test func whatDoesNotApplyIsEmpty() {
    #expect(CSV.line(Record()) == String(repeating: ",", count: Column.all.count - 1) + "\n")
    #expect(CSV.line([.missing, .integer(-3), .missing]) == ",-3,\n")
  }

  @Test func aTableAsAWhole() throws {
    try expectGolden(RecordFormat.csv.text(Samples.records), "record/records.csv")
    try expectGolden(RecordFormat.json.text(Samples.records), "record/records.json")
    #expect(RecordFormat.json.text([]) == "[\n]\n")
  }

  /// Python's csv and json modules are the witnesses: same texts, the same bits of every number.
  @Test func pythonReadsWhatWasWritten() throws {
    let folder = try Fixtures.temporaryFolder()
    var rows = Samples.records
    var bits: UInt64 = 1
    for index in 0..<2000 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Double(bitPattern: bits)
      rows.append(Record(document: "'=\(index)", estimate: number.isFinite ? number : 0))
    }
    for format in RecordFormat.allCases {
      let file = folder.appending(path: "records.\(format)").path(percentEncoded: false)
      try AtomicFile.write(format.text(rows), to: file)
    }
    let bitPatterns = rows.map { $0.estimate.map { String($0.bitPattern) } ?? "none" }
    try AtomicFile.write(
      bitPatterns.joined(separator: "\n"),
      to: folder.appending(path: "bits").path(percentEncoded: false))
    let script = """
      import csv, json, struct
      bits = open("bits").read().split("\\n")
      show = lambda x: str(struct.unpack("<Q", struct.pack("<d", float(x)))[0])
      cells = list(csv.DictReader(open("records.csv", newline="", encoding="utf-8")))
      objects = json.load(open("records.json", encoding="utf-8"))
      assert len(cells) == len(objects) == len(bits)
      for cell, object, number in zip(cells, objects, bits):
          assert (show(cell["estimate"]) if cell["estimate"] else "none") == number, cell
          assert (show(object["estimate"]) if object["estimate"] is not None else "none") == number
          escape = lambda c: c if c not in "\\x1b\\u202e" else "\\\\u%04x" % ord(c)
          expected = "".join(map(escape, object["document"] or ""))
          assert cell["document"].removeprefix("'") == expected, cell
          assert list(cell) == list(object)
      """
    let outcome = try Python.run(["-c", script], in: folder)
    #expect(outcome.status == 0, "\(outcome.output)")
  }
}
