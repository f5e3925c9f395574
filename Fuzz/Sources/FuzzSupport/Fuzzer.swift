// SPDX-License-Identifier: GPL-3.0-or-later
import CFuzzer
import Foundation

/// Runs libFuzzer on one reader.
public enum Fuzzer {
  nonisolated(unsafe) private static var body: (UnsafeRawBufferPointer) -> Void = { _ in }

  /// Calls `body` with made-up inputs until time is up; ends the program.
  ///
  /// An input is a finding when `body` traps, reads outside its memory, takes too long or too much.
  public static func run(_ body: @escaping (UnsafeRawBufferPointer) -> Void) -> Never {
    self.body = body
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        Fuzzer.body(UnsafeRawBufferPointer(start: data, count: size))
        return 0
      })
  }
}
