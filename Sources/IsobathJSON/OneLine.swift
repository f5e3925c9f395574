// SPDX-License-Identifier: GPL-3.0-or-later

extension String {
  /// The text as one line that a terminal may show: whatever would control it is spelled out.
  ///
  /// Names in files are anyone's: they may hold new lines, escape sequences, reversed writing.
  package var oneLine: String {
    var line = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        line += "\\u{\(String(scalar.value, radix: 16))}"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }
}
