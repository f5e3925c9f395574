// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FuzzSupport
@testable import IsobathText

/// The files of older tokenizers: the first byte says which of them the rest is, the others are sound.
let sound = [
  "vocab.json": "{\"a\": 0, \"b\": 1, \"ab\": 2, \"Ġ\": 3, \"</s>\": 4}",
  "merges.txt": "#version: 0.2\na b\n",
  "tokenizer_config.json": "{\"tokenizer_class\": \"GPT2Tokenizer\", \"bos_token\": \"</s>\"}",
]
let names = sound.keys.sorted()
let scratch = Scratch()
Fuzzer.run { bytes in
  guard let first = bytes.first else { return }
  let chosen = names[Int(first) % names.count]
  for name in names {
    if name == chosen {
      scratch.write(name, UnsafeRawBufferPointer(rebasing: bytes.dropFirst()))
    } else {
      Array((sound[name] ?? "").utf8).withUnsafeBytes { _ = scratch.write(name, $0) }
    }
  }
  do throws(TextError) {
    let tokenizer = try Tokenizer.open(folder: scratch.path(""))
    _ = tokenizer.decode(try tokenizer.encode("ab ba</s> naïve"))
  } catch { Reading.check(error) }
}
