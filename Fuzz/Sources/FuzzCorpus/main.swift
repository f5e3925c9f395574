// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FuzzSupport
@testable import IsobathText

/// A corpus in each of its forms, its bad lines skipped, counted, drawn from and limited.
let texts = ["texts.jsonl", "texts.json", "texts.txt", "texts.csv", "texts.tsv"]
let gzip = ["texts.jsonl.gz", "texts.csv.gz", "texts.txt.gz"]
let zstd = ["texts.jsonl.zst", "texts.csv.zst", "texts.txt.zst"]
let scratch = Scratch()
Fuzzer.run { bytes in
  // By the first byte, so that no time goes into refusing texts that are not packed.
  let names = bytes.first == 0x1F ? gzip : bytes.first == 0x28 ? zstd : texts
  for name in names {
    let path = scratch.write(name, bytes)
    var options = CorpusOptions(path: path, onError: .skip)
    do throws(TextError) {
      let count = try Corpus.read(options).documents.count
      options.sample = CorpusSample(count: min(count, 3), seed: UInt64(count))
      options.keepsEmpty = false
      _ = try Corpus.read(options)
    } catch { Reading.check(error) }
    do throws(TextError) { _ = try Corpus.read(CorpusOptions(path: path)) } catch {
      Reading.check(error)
    }
  }
}
