// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathTestSupport
import Testing

@testable import IsobathText

/// gzip and zstd around texts: what is read, and what is refused.
@Suite struct CorpusPackingTests {
  private let scene: CorpusScene

  init() throws { scene = try CorpusScene() }

  @Test(arguments: ["texts.jsonl", "texts.csv", "texts.json"], ["gz", "zst"])
  func packedTextsAreTheTexts(name: String, ending: String) throws {
    let path = CorpusScene.fixture("\(name).\(ending)")
    #expect(try Corpus.read(CorpusOptions(path: path)).documents.map(\.text) == CorpusScene.texts)
  }

  @Test(arguments: ["gz", "zst"]) func packedLinesAreTheLines(ending: String) throws {
    let path = CorpusScene.fixture("texts.txt.\(ending)")
    #expect(
      try Corpus.read(CorpusOptions(path: path)).documents.map(\.text) == ["the cat sat", "grass"])
  }

  /// Wherever the file is cut, nothing of it passes for the whole; a cut behind a member is one.
  @Test(arguments: ["texts.csv.gz", "texts.csv.zst"]) func everyCutIsNoticed(name: String) throws {
    let whole = try Data(contentsOf: URL(filePath: CorpusScene.fixture(name)))
    for length in 0..<whole.count {
      let path = try scene.write(name, whole.prefix(length))
      CorpusScene.expectRefusal(CorpusOptions(path: path), name, "end too soon")
    }
  }

  @Test(arguments: ["texts.csv.gz", "texts.csv.zst"]) func everyFlippedByteEndsInOrder(
    name: String
  ) throws {
    let whole = try Data(contentsOf: URL(filePath: CorpusScene.fixture(name)))
    var refused = 0
    for index in whole.indices {
      var spoilt = whole
      spoilt[index] ^= 0x55
      let path = try scene.write(name, spoilt)
      do throws(TextError) {
        // Header bytes that mean nothing (a date, a system) may differ: the texts may not.
        let texts = try Corpus.read(CorpusOptions(path: path)).documents.map(\.text)
        #expect(texts == CorpusScene.texts, "byte \(index)")
      } catch { refused += 1 }
    }
    print("\(name): \(refused) of \(whole.count) flipped bytes are noticed")
    #expect(refused > whole.count - 12)
  }

  @Test(arguments: ["texts.csv.gz", "texts.csv.zst"]) func whatFollowsIsRefused(
    name: String
  ) throws {
    let whole = try Data(contentsOf: URL(filePath: CorpusScene.fixture(name)))
    let path = try scene.write(name, whole + Data("trailing garbage".utf8))
    CorpusScene.expectRefusal(CorpusOptions(path: path), name, "follows the text's end")
  }

  @Test func namesThatLieAreRefused() throws {
    for ending in ["gz", "zst"] {
      let plain = try scene.write("a.txt.\(ending)", "only plain text, and enough of it\n")
      CorpusScene.expectRefusal(CorpusOptions(path: plain), "bytes are something else")
      let packed = try Data(contentsOf: URL(filePath: CorpusScene.fixture("texts.txt.\(ending)")))
      let bare = try scene.write("a.txt", packed)
      CorpusScene.expectRefusal(CorpusOptions(path: bare), "a.txt", "ending .\(ending)")
    }
  }

  @Test(arguments: ["gz", "zst"]) func bombsAreNotUnpacked(ending: String) {
    let path = CorpusScene.fixture("bomb.txt.\(ending)")
    CorpusScene.expectRefusal(
      CorpusOptions(path: path, onError: .skip), "bomb.txt.\(ending)", "250 times")
  }

  @Test func aWideWindowIsRefused() {
    CorpusScene.expectRefusal(
      CorpusOptions(path: CorpusScene.fixture("window.txt.zst")), "window.txt.zst", "128 MiB")
  }

  @Test func noMoreIsUnpackedThanIsAllowed() throws {
    let limits = UnpackingLimits(bytes: 1 << 20, ratio: 1 << 20, free: 0)
    for (name, packing) in [("bomb.txt.gz", Packing.gzip), ("bomb.txt.zst", .zstd)] {
      let path = CorpusScene.fixture(name)
      let file = try FileBytes(path)
      let source: any ByteSource =
        packing == .gzip
        ? try GzipBytes(file, path: path, limits: limits)
        : try ZstdBytes(file, path: path, limits: limits)
      var given = 0
      #expect(
        throws: TextError.packed(path: path, packing: packing, .tooLarge(limit: 1 << 20))
      ) { while try !source.next().isEmpty { given += 1 } }
      #expect(given > 0)
    }
  }

  /// With a limit the rest is not even looked at.
  @Test func aLimitStopsReading() throws {
    let whole = try Data(contentsOf: URL(filePath: CorpusScene.fixture("texts.jsonl.gz")))
    let path = try scene.write("texts.jsonl.gz", whole.prefix(whole.count - 10))
    CorpusScene.expectRefusal(CorpusOptions(path: path), "end too soon")
    let corpus = try Corpus.read(CorpusOptions(path: path, limit: 2))
    #expect(corpus.documents.map(\.text) == Array(CorpusScene.texts.prefix(2)))
  }
}
