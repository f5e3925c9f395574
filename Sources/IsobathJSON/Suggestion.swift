// SPDX-License-Identifier: GPL-3.0-or-later

/// "did you mean": the known name nearest to a mistyped one.
package enum Suggestion {
  /// `; did you mean 'x'?` or `; known: a, b, c`.
  package static func text(for name: String, among known: [String]) -> String {
    let near = known.map { ($0, distance(name, $0)) }.min { $0.1 < $1.1 }
    if let near, near.1 <= max(2, name.count / 3) { return "; did you mean '\(near.0)'?" }
    return "; known: \(known.joined(separator: ", "))"
  }

  /// How many insertions, removals and replacements turn one word into the other.
  package static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.prefix(200)), Array(b.prefix(200)))
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in b.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
