// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import Testing

/// The one value of a text.
func json(_ text: String) throws -> JSON { try JSONDocument(Array(text.utf8)).root }

/// The problem of bytes that must not be read as JSON; nil, and a failed test, when they are.
func problem(
  _ bytes: [UInt8], limits: JSONLimits = .standard,
  sourceLocation: SourceLocation = #_sourceLocation
) -> JSONError? {
  do throws(JSONError) {
    let document = try JSONDocument(bytes, limits: limits)
    let text = String(decoding: bytes.prefix(60), as: UTF8.self)
    Issue.record("read as \(document.root.kind): \(text)", sourceLocation: sourceLocation)
    return nil
  } catch {
    return error
  }
}

/// The same for a text.
func problem(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> JSONError? {
  problem(Array(text.utf8), sourceLocation: sourceLocation)
}
