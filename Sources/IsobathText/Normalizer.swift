// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A step that rewrites text before it is cut.
enum Normalizer: Sendable {
  case sequence([Normalizer])
  case nfc
  case lowercase
  case replace(String, with: String)
  case prepend(String)

  func callAsFunction(_ text: String) -> String {
    switch self {
    case .sequence(let steps): steps.reduce(text) { $1($0) }
    case .nfc: text.precomposedStringWithCanonicalMapping
    case .lowercase: text.lowercased()
    case .replace(let old, let new):
      text.replacingOccurrences(of: old, with: new, options: .literal)
    case .prepend(let prefix): text.isEmpty ? text : prefix + text
    }
  }
}
