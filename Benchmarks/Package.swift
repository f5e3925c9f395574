// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

// Speed, apart from the package: `Benchmarks/run` builds this, times it beside the usual stack in the
// same run, and prints a table.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "isobath", path: "..")],
  targets: [
    .target(name: "CLimits"),
    .executableTarget(
      name: "ForwardBenchmark",
      dependencies: ["CLimits", .product(name: "Isobath", package: "isobath")],
      swiftSettings: [.swiftLanguageMode(.v6)]),
    .executableTarget(name: "TokenizerBenchmark", swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
