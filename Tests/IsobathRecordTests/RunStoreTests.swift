// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathRecord
import IsobathTestSupport
import Testing

@Suite struct RunStoreTests {
  private let folder: String

  init() throws {
    folder = try Fixtures.temporaryFolder().appending(path: "run").path(percentEncoded: false)
  }

  private func writer(_ manifest: RunManifest = Samples.manifest()) throws -> RunWriter {
    try RunWriter(folder: folder, manifest: manifest, sites: Samples.sites)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let writer = try writer()
    #expect(writer.completed == 0)
    try writer.write(batch: Samples.documents(0..<4))
    try writer.write(batch: [])
    try writer.write(batch: Samples.documents(4..<6))
    try writer.finish(at: "2026-01-02T04:00:00Z")
    try writer.close()

    let reader = try RunReader(folder: folder)
    #expect(reader.sites == Samples.sites)
    #expect(reader.completed == 6)
    #expect(reader.isComplete)
    #expect(reader.manifest.sessions.map(\.finished) == ["2026-01-02T04:00:00Z"])
    #expect(try reader.documents(0..<6) == Samples.documents(0..<6))
    #expect(try reader.documents(2..<3) == [Samples.document(2)])
    #expect(try reader.documents(6..<6) == [])
  }

  @Test func onlyTheWantedEvidenceIsRead() throws {
    try writer().write(batch: Samples.documents(0..<2))
    let reader = try RunReader(folder: folder)
    let bare = try reader.documents(0..<2, parts: [])
    #expect(bare.allSatisfy { $0.spectra.isEmpty && $0.positions.isEmpty && $0.scalars.isEmpty })
    let some = try reader.documents(0..<2, parts: [.positions, .pooled])
    #expect(some.map(\.positions) == Samples.documents(0..<2).map(\.positions))
    #expect(some.map(\.pooled) == Samples.documents(0..<2).map(\.pooled))
    #expect(some.allSatisfy { $0.spectra.isEmpty })
    let site = try reader.spectra(0..<2, site: 3, preparation: "paper")
    #expect(site.map(\.document) == [0, 1])
    #expect(site.map(\.spectrum) == Samples.documents(0..<2).map { $0.spectra[6] })
  }

  @Test func momentsOfABlockAreMerged() throws {
    let writer = try writer()
    let first = MomentRow(site: 1, block: 0, tokens: 2, mean: [1, 2], moment: [1, 2, 3])
    let other = MomentRow(site: 1, block: 1, tokens: 3, mean: [0, 0], moment: [0, 0, 1])
    let sum = { (a: MomentRow, b: MomentRow) in
      MomentRow(
        site: a.site, block: a.block, tokens: a.tokens + b.tokens, mean: a.mean,
        moment: zip(a.moment, b.moment).map(+))
    }
    try writer.write(batch: Samples.documents(0..<1), moments: [first], merge: sum)
    try writer.write(batch: Samples.documents(1..<2), moments: [first, other], merge: sum)
    try writer.close()
    let reader = try RunReader(folder: folder)
    #expect(try reader.moments(site: 1) == [sum(first, first), other])
    #expect(try reader.moments(site: 0) == [])
  }

  /// A run of before the last tables were there: it lacks what they hold and keeps the rest.
  @Test func aStoreOfVersionOneIsRead() throws {
    try writer().write(batch: Samples.documents(0..<2))
    let old = """
      import sqlite3
      sqlite3.connect("run.sqlite").executescript(
          "DROP TABLE token; DROP TABLE activation; DROP TABLE moment; PRAGMA user_version = 1")
      """
    #expect(try Python.run(["-c", old], in: URL(filePath: folder)).status == 0)
    let reader = try RunReader(folder: folder)
    let documents = try reader.documents(0..<2)
    #expect(documents.map(\.spectra) == Samples.documents(0..<2).map(\.spectra))
    #expect(documents.allSatisfy { $0.text == nil && $0.activations.isEmpty })
    #expect(try reader.moments(site: 0) == [])
  }

  @Test func anInterruptedRunGoesOnWhereItStood() throws {
    try writer().write(batch: Samples.documents(0..<3))

    let second = try writer(Samples.manifest(started: "2026-02-02T00:00:00Z"))
    #expect(second.completed == 3)
    // A session that writes nothing leaves no trace.
    #expect(try RunReader(folder: folder).manifest.sessions.count == 1)
    try second.write(batch: Samples.documents(3..<5))
    try second.close()
    let third = try writer(Samples.manifest(started: "2026-03-03T00:00:00Z"))
    try third.write(batch: Samples.documents(5..<6))
    try third.finish(at: "2026-03-03T01:00:00Z")
    try third.close()

    let reader = try RunReader(folder: folder)
    #expect(try reader.documents(0..<6) == Samples.documents(0..<6))
    #expect(reader.manifest.id == Samples.manifest().id)
    let sessions = reader.manifest.sessions
    #expect(sessions.map { String($0.started.prefix(7)) } == ["2026-01", "2026-02", "2026-03"])
    #expect(sessions.map(\.finished) == [nil, nil, "2026-03-03T01:00:00Z"])
  }

  @Test func aBatchIsStoredWholeOrNotAtAll() throws {
    let writer = try writer()
    try writer.write(batch: Samples.documents(0..<2))
    #expect(throws: RecordError.duplicateDocument(id: "doc-1")) {
      try writer.write(batch: Samples.documents(2..<5) + Samples.documents(1..<2))
    }
    #expect(writer.completed == 2)
    #expect(try RunReader(folder: folder).documents(0..<2) == Samples.documents(0..<2))
    try writer.write(batch: Samples.documents(2..<6))
    #expect(try RunReader(folder: folder).documents(0..<6) == Samples.documents(0..<6))
  }

  @Test func aReaderSeesWhatWasThereWhenItCame() throws {
    let writer = try writer()
    try writer.write(batch: Samples.documents(0..<2))
    let early = try RunReader(folder: folder)
    try writer.write(batch: Samples.documents(2..<6))
    let late = try RunReader(folder: folder)
    #expect(early.completed == 2)
    #expect(!early.isComplete)
    #expect(early.pages() == [0..<2])
    #expect(try early.documents(0..<2) == Samples.documents(0..<2))
    #expect(late.completed == 6)
    #expect(late.pages(of: 4) == [0..<4, 4..<6])
  }

  @Test func anotherQuestionIsRefused() throws {
    try writer().write(batch: Samples.documents(0..<1))
    let before = try Data(contentsOf: URL(filePath: Folder.join(folder, "run.sqlite")))
    var other = Samples.manifest()
    other.inputs.code = "2"
    let difference = other.inputs.differences(fromFolder: Samples.inputs())
    #expect(difference.map(\.input) == ["code"])
    #expect(throws: RecordError.differs(folder: folder, difference)) { try writer(other) }
    #expect(try Data(contentsOf: URL(filePath: Folder.join(folder, "run.sqlite"))) == before)
    #expect(!Folder.exists(Folder.join(folder, "lock")))
  }

  @Test func meansOfSpectraCountTheirDocuments() throws {
    try writer().write(batch: Samples.documents(0..<3))
    let reader = try RunReader(folder: folder)
    let mean = try #require(try reader.meanSpectra(preparation: "paper", sites: [1]).first)
    #expect(mean.site == "residual.1")
    #expect(mean.depth == 0.5)
    #expect(mean.documents == [3, 2, 1])
    let worst = WorstError("mean spectrum", tolerance: Tolerances.meanSpectrum)
    let expected = [(1 + 1 / 2.0 + 1 / 3.0) / 3, (1 / 2.0 + 1 / 3.0) / 2, 1 / 3.0]
    for (rank, share) in mean.shares.enumerated() {
      worst.record(share - expected[rank], at: "rank \(rank)")
    }
    worst.check()
    #expect(try reader.meanSpectra(preparation: "raw").allSatisfy { $0.shares.isEmpty })
  }

  @Test func thousandsOfDocumentsAreReadPageByPage() throws {
    let count = 3000
    let writer = try writer(Samples.manifest(documents: count))
    for start in stride(from: 0, to: count, by: 500) {
      try writer.write(
        batch: (start..<start + 500).map { index in
          var row = Samples.document(index % 5)
          row.id = "\(index)"
          return row
        })
    }
    let reader = try RunReader(folder: folder)
    var seen: [String] = []
    for page in reader.pages(of: 64) {
      let documents = try reader.documents(page)
      #expect(documents.count <= 64)
      seen += documents.map(\.id)
    }
    #expect(seen == (0..<count).map(String.init))
  }
}
