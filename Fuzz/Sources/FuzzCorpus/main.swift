// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FuzzSupport
@testable import IsobathText

/// A corpus in each of its forms, its bad lines skipped.
let scratch = Scratch()
Fuzzer.run { bytes in
  for name in ["texts.jsonl", "texts.json", "texts.txt"] {
    let path = scratch.write(name, bytes)
    do throws(TextError) {
      _ = try Corpus.read(CorpusOptions(path: path, onError: .skip))
      _ = try Corpus.read(CorpusOptions(path: path))
    } catch { Reading.check(error) }
  }
}
