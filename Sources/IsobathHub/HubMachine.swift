// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What a download asks of the machine, so that tests need neither wait nor fill a disk.
package struct HubMachine {
  /// Waits so many seconds, or less when the closure says that the caller wants to stop.
  package var wait: (_ seconds: Double, _ isCancelled: () -> Bool) -> Void
  /// From 0 to 1: how far a waiting time is spread, so that many machines do not ask at once.
  package var jitter: () -> Double
  /// Bytes that may be written in a folder; nil when the system does not say.
  package var freeBytes: (_ folder: String) -> Int?
  /// `write(2)`.
  package var write: (Int32, UnsafeRawBufferPointer) -> Int

  package init(
    wait: @escaping (Double, () -> Bool) -> Void, jitter: @escaping () -> Double,
    freeBytes: @escaping (String) -> Int?, write: @escaping (Int32, UnsafeRawBufferPointer) -> Int
  ) {
    self.wait = wait
    self.jitter = jitter
    self.freeBytes = freeBytes
    self.write = write
  }

  /// This machine.
  package static var system: HubMachine {
    HubMachine(
      wait: { seconds, isCancelled in
        var left = seconds
        while left > 0, !isCancelled() {
          usleep(UInt32(min(left, 0.1) * 1e6))
          left -= 0.1
        }
      },
      jitter: { Double.random(in: 0...1) },
      freeBytes: { folder in
        var found = statvfs()
        guard statvfs(folder, &found) == 0 else { return nil }
        return Int(clamping: UInt64(found.f_bavail) &* UInt64(found.f_frsize))
      },
      write: { descriptor, bytes in
        #if canImport(Darwin)
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
      })
  }
}
