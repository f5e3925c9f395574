// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import IsobathStudy

/// The two views of a text: seeded, made of its words, and not too far from it.
@Suite struct AlteredTextTests {
  private let text = (0..<2000).map { "w\($0) " }.joined()

  private func view(_ number: Int, seed: UInt64 = 1, document: String = "a") -> String {
    AlteredText.of(text, document: document, view: number, seed: seed)
  }

  @Test func theSameSeedGivesTheSameText() {
    #expect(view(1) == view(1))
    #expect(view(1) != view(2) && view(1) != view(1, seed: 2))
    #expect(view(1) != view(1, document: "b"))
  }

  /// Each word is left out with probability 0.1, and of the others one in nine changes places with its
  /// follower. Over 2000 words six standard errors are 0.04.
  @Test func asManyWordsChangeAsIsSaid() throws {
    let words = view(1).split(separator: " ")
    let numbers = try words.map { try #require(Int($0.dropFirst())) }
    #expect(Set(numbers).count == numbers.count && Set(numbers).isSubset(of: Set(0..<2000)))
    let left = Double(2000 - numbers.count) / 2000
    #expect(abs(left - 0.1) < 0.04)
    let descents = zip(numbers, numbers.dropFirst()).count { $0 > $1 }
    // A step consumes one word, or two where they are exchanged: exchanges per word are 0.1/1.1.
    #expect(abs(Double(descents) / 2000 - 0.1 / 1.1) < 0.04)
  }

  @Test(arguments: ["", " ", "one", "  two  words\n", "a\u{301}b \u{1F1E9}\u{1F1EA}"])
  func oddTextsStayTexts(text: String) {
    let altered = AlteredText.of(text, document: "odd", view: 1, seed: 3)
    #expect(altered.count <= text.count)
    #expect(Set(altered).isSubset(of: Set(text)))
  }
}
