// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FuzzSupport
@testable import IsobathText

/// `tokenizer.json`: opened, and used on text that has something for every step.
let text =
  "  The Quick brown <s>fox</s> — naïve ﬁ 中文 123\t\r\n\u{1F9D1}\u{200D}\u{1F680} e\u{301}\u{0}"
let scratch = Scratch()
Fuzzer.run { bytes in
  let path = scratch.write("tokenizer.json", bytes)
  do throws(TextError) {
    let tokenizer = try TokenizerFile(path).tokenizer()
    _ = tokenizer.decode(try tokenizer.encode(text))
  } catch { Reading.check(error) }
}
