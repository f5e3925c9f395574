// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

// One small program per reader of untrusted files, for libFuzzer: `Scripts/fuzz` builds, seeds and runs
// them. The readers are not public, so harnesses import them with @testable.

/// A harness: `Sources/<name>/main.swift`.
func harness(_ name: String) -> Target {
  .executableTarget(
    name: name,
    dependencies: [
      "FuzzSupport", .product(name: "IsobathReaders", package: "isobath"),
    ],
    swiftSettings: [.swiftLanguageMode(.v6)])
}

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "isobath", path: "..")],
  targets: [
    .target(name: "CFuzzer"),
    .target(
      name: "FuzzSupport",
      dependencies: ["CFuzzer", .product(name: "IsobathReaders", package: "isobath")],
      swiftSettings: [.swiftLanguageMode(.v6)]),
    harness("FuzzSafetensors"),
    harness("FuzzTorch"),
    harness("FuzzPickle"),
    harness("FuzzGGUF"),
    harness("FuzzShardIndex"),
    harness("FuzzConfig"),
    harness("FuzzTokenizer"),
    harness("FuzzVocabulary"),
    harness("FuzzCorpus"),
    harness("FuzzImage"),
    harness("FuzzProcessor"),
  ]
)
