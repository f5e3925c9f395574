// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics

/// A text with some words left out and some neighbours exchanged: another view of the same document.
///
/// What InfoNCE, LiDAR and DiME ask of a representation is that two such views of one document stay
/// closer than views of two. Word by word, from the front: with probability 0.1 it is left out, with
/// probability 0.1 it changes places with the next one.
enum AlteredText {
  private static let (dropped, swapped) = (0.1, 0.1)

  /// - Parameters:
  ///   - text: words are what stands between blanks; the blanks go with the word before them.
  ///   - view: 1 or 2.
  ///   - seed: the run's; with the document's id it decides every choice.
  static func of(_ text: String, document: String, view: Int, seed: UInt64) -> String {
    let stream = RandomStream(seed: seed, purpose: "view.\(view)", group: document)
    var words = words(text)
    var index = 0
    while index < words.count {
      let chance = stream.uniform()
      if chance < dropped, words.count > 1 {
        words.remove(at: index)
      } else if chance < dropped + swapped, index + 1 < words.count {
        words.swapAt(index, index + 1)
        index += 2
      } else {
        index += 1
      }
    }
    return words.joined()
  }

  /// Each word with the blanks behind it.
  private static func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    var isBlank = false
    for index in text.indices {
      let blank = text[index].isWhitespace
      if isBlank, !blank {
        words.append(text[start..<index])
        start = index
      }
      isBlank = blank
    }
    words.append(text[start...])
    return words
  }
}
