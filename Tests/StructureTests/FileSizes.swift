// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Small files, one of each thing per file.
@Suite struct FileSizes {
  let files = SourceTree.swiftFiles(under: "Sources") + SourceTree.swiftFiles(under: "Tests")

  @Test func noFileIsOver400Lines() {
    for file in files {
      #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines")
    }
  }

  @Test func mostFilesAreNear120Lines() {
    let counts = files.map(\.lines.count).sorted()
    let median = counts[counts.count / 2]
    print("\(counts.count) Swift files, median \(median) lines, longest \(counts.last ?? 0)")
    #expect(median <= 120)
  }

  @Test func everyFileNamesItsLicence() {
    for file in files {
      #expect(
        file.lines.prefix(2).contains { $0.contains("SPDX-License-Identifier: GPL-3.0-or-later") },
        "\(file.path) does not begin with its licence")
    }
  }
}
