// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

// The list below is the data flow, read from the bottom up: a target imports only what stands
// beneath it. Tests/StructureTests holds the walls.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A Swift target of this package and the targets directly beneath it.
func layer(_ name: String, _ below: Target.Dependency...) -> Target {
  .target(name: name, dependencies: below, swiftSettings: strict)
}

/// The tests of one target: `Tests/<name>Tests`.
func tests(_ name: String, _ extra: Target.Dependency...) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "IsobathTestSupport"] + extra,
    swiftSettings: strict)
}

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
  name: "isobath",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "isobath", targets: ["IsobathCLI"]),
    .library(name: "Isobath", targets: ["Isobath"]),
    // For Fuzz/ alone: nothing in these targets is public.
    .library(
      name: "IsobathReaders",
      targets: ["IsobathCheckpoint", "IsobathText", "IsobathImage", "IsobathJSON"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // MARK: - The command and the library
    .executableTarget(
      name: "IsobathCLI",
      dependencies: [
        "IsobathStudy", "IsobathForward", "IsobathModel", "IsobathCheckpoint", "IsobathLinear",
        "IsobathText", "IsobathMeasure", "IsobathAnalysis", "IsobathStatistics", "IsobathRecord",
        "IsobathReport", "IsobathNotebook", "IsobathChart", "IsobathJSON", "IsobathHub", arguments,
        crypto, subprocess,
      ],
      resources: [
        .copy("Resources/demo-corpus.jsonl"), .copy("Resources/examples.json"),
        .copy("Resources/Family"),
      ],
      swiftSettings: strict),
    layer("Isobath", "IsobathForward", "IsobathModel"),

    // MARK: - Tell
    layer(
      "IsobathReport", "IsobathRecord", "IsobathChart", "IsobathMarkdown", "IsobathHTML",
      "IsobathAnalysis", "IsobathMeasure", "IsobathStatistics"),
    layer("IsobathNotebook", "IsobathRecord", "IsobathJSON"),

    // MARK: - Ask
    layer(
      "IsobathStudy", "IsobathForward", "IsobathModel", "IsobathCheckpoint", "IsobathMeasure",
      "IsobathText", "IsobathRecord", "IsobathStatistics", "IsobathLinear", "IsobathJSON", yams),
    layer("IsobathAnalysis", "IsobathRecord", "IsobathStatistics", "IsobathMeasure"),

    // MARK: - Look
    layer("IsobathForward", "IsobathModel", "IsobathCheckpoint", "IsobathLinear"),
    layer("IsobathMeasure", "IsobathLinear", "CKernels"),
    layer("IsobathModel", "IsobathCheckpoint", "IsobathLinear", "IsobathJSON"),
    layer("IsobathText", "IsobathJSON", "CPCRE2", "CZlib", "CZstd"),

    // MARK: - Hold
    layer("IsobathCheckpoint", "IsobathLinear", "IsobathJSON", "CKernels", crypto),
    layer("IsobathImage", "IsobathJSON", "CImage"),
    layer("IsobathHub", "IsobathJSON", "CCurl", crypto),
    .target(
      name: "IsobathRecord", dependencies: ["IsobathJSON", grdb, crypto], exclude: ["SCHEMA.md"],
      swiftSettings: strict),
    layer("IsobathChart"),
    layer("IsobathMarkdown"),
    .target(
      name: "IsobathHTML", dependencies: ["IsobathMarkdown", crypto],
      resources: [.embedInCode("Resources/report.css"), .embedInCode("Resources/report.js")],
      swiftSettings: strict),

    // MARK: - Count
    layer("IsobathLinear", "COpenBLAS", "CLAPACKE", "CKernels"),
    layer("IsobathStatistics", "CGSL"),

    // MARK: - Ground
    layer("IsobathJSON"),
    .target(name: "CKernels"),
    .target(name: "CImage", dependencies: ["CJPEG", "CPNG"]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CLAPACKE", pkgConfig: "lapacke",
      providers: [.apt(["liblapacke-dev"]), .brew(["lapack"])]),
    // No pkgConfig on purpose: Debian's gsl.pc links a second cblas beside OpenBLAS.
    .systemLibrary(name: "CGSL", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8",
      providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(
      name: "CJPEG", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg62-turbo-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),

    // MARK: - Tests
    .target(
      name: "IsobathTestSupport", dependencies: ["IsobathJSON"],
      path: "Tests/IsobathTestSupport", swiftSettings: strict),
    tests("IsobathJSON"),
    tests("IsobathLinear", "CKernels"),
    tests("IsobathStatistics"),
    tests("IsobathChart"),
    tests("IsobathMarkdown"),
    tests("IsobathHTML", "IsobathMarkdown", crypto),
    tests("IsobathRecord", "IsobathJSON"),
    tests("IsobathHub", "IsobathJSON", crypto),
    tests("IsobathCheckpoint", "IsobathJSON", "IsobathLinear", "CKernels"),
    tests("IsobathText", "IsobathJSON"),
    tests("IsobathImage", "IsobathJSON", "CImage"),
    tests("IsobathModel", "IsobathCheckpoint"),
    tests("IsobathMeasure", "IsobathLinear", "IsobathJSON"),
    tests("IsobathForward", "IsobathModel", "IsobathCheckpoint", "IsobathLinear"),
    tests("IsobathAnalysis", "IsobathMeasure", "IsobathRecord", "IsobathStatistics"),
    tests("IsobathNotebook", "IsobathRecord", "IsobathJSON"),
    tests("IsobathReport", "IsobathRecord", "IsobathAnalysis", "IsobathStatistics", "IsobathJSON"),
    tests(
      "IsobathStudy", "IsobathRecord", "IsobathForward", "IsobathModel", "IsobathCheckpoint",
      "IsobathLinear", "IsobathJSON"),
    .testTarget(
      name: "EndToEndTests", dependencies: ["IsobathTestSupport", "IsobathJSON"],
      swiftSettings: strict),
    .testTarget(
      name: "StructureTests", dependencies: ["IsobathTestSupport"], swiftSettings: strict),
  ]
)
