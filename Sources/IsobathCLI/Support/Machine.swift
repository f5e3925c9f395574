// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Facts about this machine.
enum Machine {
  /// Bytes that can be taken without swapping: what the kernel says is available, at most what a
  /// control group leaves; all of the memory where neither is told.
  static var availableMemory: Int {
    let whole = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    let available = value(in: "/proc/meminfo", after: "MemAvailable:").map { $0 * 1024 } ?? whole
    let limit = number(in: "/sys/fs/cgroup/memory.max") ?? whole
    let used = number(in: "/sys/fs/cgroup/memory.current") ?? 0
    return min(available, max(limit - used, 0) == 0 ? available : limit - used, whole)
  }

  /// The most memory that this process has held, in bytes.
  static var peakMemory: Int {
    var usage = rusage()
    #if canImport(Glibc)
    getrusage(Int32(truncatingIfNeeded: RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
    #else
    getrusage(RUSAGE_SELF, &usage)
    return Int(usage.ru_maxrss)
    #endif
  }

  /// Whether a program of this name is on PATH.
  static func finds(_ program: String) -> Bool {
    let folders = Terminal.environment("PATH")?.split(separator: ":") ?? []
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  /// The processor's name.
  static var processor: String {
    text("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }

  private static func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  private static func number(in path: String) -> Int? {
    Int(text(path).trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func value(in path: String, after name: String) -> Int? {
    let line = text(path).split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }
}
