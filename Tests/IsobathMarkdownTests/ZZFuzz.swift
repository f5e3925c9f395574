// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import IsobathMarkdown

@Test func zzdump() throws {
  var s: UInt64 = 42
  func r(_ n: Int) -> Int {
    s = s &* 6364136223846793005 &+ 1442695040888963407; return Int((s >> 33) % UInt64(n))
  }
  let alpha = Array("`\\|<>[]()*_~#-+=:!&$1.a b\n\"'/@w^{}x;") + ["`", "\\", "|", "<", "]"]
  for i in 0..<1500 {
    let t =
      i < hostile.count
      ? hostile[i]
      : i % 3 == 0
        ? hostile[r(hostile.count)] + hostile[r(hostile.count)]
        : String((0..<(1 + r(14))).map { _ in alpha[r(alpha.count)] })
    try hostileDocument(t).text.write(
      toFile: "/tmp/fuzz/\(i).md", atomically: true, encoding: .utf8)
    try t.write(toFile: "/tmp/fuzz/\(i).txt", atomically: true, encoding: .utf8)
  }
}
