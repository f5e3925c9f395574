// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathLinear
import IsobathStudy

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say whether this machine and installation are sound.",
    discussion: """
      Example:
        isobath doctor

      Prints what Isobath found and a small computation with a known answer; ends with 69 when \
      something is wrong.
      """)

  func run() throws {
    Terminal.output("isobath    \(Version.current)")
    Terminal.output("system     \(ProcessInfo.processInfo.operatingSystemVersionString)")
    Terminal.output(
      "processor  \(Machine.processor), \(ProcessInfo.processInfo.activeProcessorCount) cores")
    Terminal.output("memory     \(ByteCount(Machine.availableMemory)) available")
    Terminal.output("OpenBLAS   \(BLAS.configuration), kernels for \(BLAS.core)")
    Terminal.output("duckdb     \(Machine.finds("duckdb") ? "found" : DoctorCommand.noDuckDB)")
    var problems: [String] = []
    if BLAS.threads != 1 {
      problems.append(
        "OpenBLAS runs \(BLAS.threads) threads of its own; set OPENBLAS_NUM_THREADS=1")
    }
    let error = try arithmeticError()
    Terminal.output("arithmetic largest error of a known spectrum: \(error)")
    if error > 1e-12 { problems.append("the eigenvalues of a known matrix are wrong by \(error)") }
    if let folder = unwritable {
      problems.append(
        "\(folder) cannot be written; runs go to ./runs unless --output says otherwise")
    }
    guard problems.isEmpty else {
      throw Failure.Stop(message: problems.joined(separator: "; "), code: .unavailable)
    }
    Terminal.output("all is well")
  }

  private static let noDuckDB =
    "not on PATH: needed for .parquet alone (pip install duckdb-cli, or brew install duckdb)"

  /// The matrix min(i, j) of order n has eigenvalues 1 / (4 sin²((2k − 1)π / (4n + 2))).
  private func arithmeticError() throws -> Double {
    let n = 64
    var elements: [Double] = []
    for row in 1...n { elements += (1...n).map { Double(min(row, $0)) } }
    let found = try eigenvalues(SymmetricMatrix(order: n, elements: elements))
    let known = (1...n).map { k -> Double in
      let sine = sin(Double(2 * k - 1) * Double.pi / Double(4 * n + 2))
      return 1 / (4 * sine * sine)
    }.sorted()
    return zip(found, known).map { abs($0 - $1) / known[n - 1] }.max() ?? 0
  }

  private var unwritable: String? {
    let here = FileManager.default.currentDirectoryPath
    return FileManager.default.isWritableFile(atPath: here) ? nil : here
  }
}
