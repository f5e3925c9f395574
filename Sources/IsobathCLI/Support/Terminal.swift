// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where the command speaks: data on stdout, everything else on stderr.
struct Terminal: Sendable {
  /// Nothing but errors on stderr.
  let quiet: Bool

  /// Whether stderr is a terminal that a line can be redrawn on.
  static let isInteractive = isatty(2) == 1 && environment("TERM") != "dumb"
  /// Columns of the terminal, 80 when it does not say.
  static var width: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
  /// https://no-color.org
  static let hasColour = isInteractive && environment("NO_COLOR") == nil

  static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Data: a line on stdout.
  static func output(_ text: String, terminator: String = "\n") {
    write(text + terminator, to: 1)
  }

  /// A message: a line on stderr, unless quiet.
  func say(_ text: String) {
    if !quiet { Terminal.write(Terminal.printable(text) + "\n", to: 2) }
  }

  /// An error or a warning: a line on stderr, always.
  static func complain(_ text: String) { write(printable(text) + "\n", to: 2) }

  /// Redraws the current line of stderr.
  static func redraw(_ text: String) { write("\r\u{1b}[K" + text, to: 2) }

  /// Text from outside without control characters, which could drive the terminal.
  static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let keeps = scalar == "\n" || scalar == "\t"
          let isControl = scalar.properties.generalCategory == .control
          let turns =
            (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
          return (isControl && !keeps) || turns ? "\u{FFFD}" : scalar
        }))
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { platformWrite(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        bytes = bytes.dropFirst(written)
      } else if errno != EINTR {
        // The reader has gone (`| head`): nobody is left to be told.
        exit(descriptor == 1 && errno == EPIPE ? 0 : 74)
      }
    }
  }
}

private func platformWrite(
  _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int
) -> Int {
  #if canImport(Glibc)
  Glibc.write(descriptor, bytes, count)
  #else
  Darwin.write(descriptor, bytes, count)
  #endif
}
