// SPDX-License-Identifier: GPL-3.0-or-later
import CLimits
import Dispatch
import Foundation
import Isobath

// usage: ForwardBenchmark MODEL IDS.json REPEATS
// Prints one JSON object per line, as reference.py does: what, tokens, seconds, tokens per second.

let arguments = CommandLine.arguments
guard arguments.count == 4, let repeats = Int(arguments[3]), repeats > 0 else {
  print("usage: ForwardBenchmark MODEL IDS.json REPEATS")
  exit(64)
}
let rows = try JSONDecoder().decode(
  [[Int32]].self, from: Data(contentsOf: URL(filePath: arguments[2])))
let documents = rows.enumerated().map { TokenizedDocument(name: "\($0)", ids: $1) }
let tokens = rows.reduce(0) { $0 + $1.count }

func seconds(_ work: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try work()
  let spent = (ContinuousClock.now - start).components
  return Double(spent.seconds) + Double(spent.attoseconds) / 1e18
}

func report(_ what: String, _ times: [Double], _ extra: String = "") {
  let median = times.sorted()[times.count / 2]
  let list = times.map { String(format: "%.4f", $0) }.joined(separator: ", ")
  let rate = String(format: "%.1f", Double(tokens) / median)
  print(
    "{\"what\": \"\(what)\", \"tokens\": \(tokens), \"seconds\": [\(list)], "
      + "\"tokens_per_second\": \(rate)\(extra)}")
}

/// The machine's multiply-add limit on all cores, GFLOP/s, the best of five.
func limit() -> Double {
  let cores = ProcessInfo.processInfo.activeProcessorCount
  let rounds = 20_000_000
  let times = (0..<5).map { _ in
    seconds {
      DispatchQueue.concurrentPerform(iterations: cores) { _ in
        var sink: Float = 0
        _ = isobath_multiply_add(rounds, &sink)
      }
    }
  }
  var sink: Float = 0
  let operations = isobath_multiply_add(1, &sink) * Double(rounds * cores)
  return operations / (times.min() ?? 1) / 1e9
}

let model = try Model.open(arguments[1])
let size = model.dimensions
let pass = ForwardPass(model)
let last = Hook.observe([.finalNorm]) { _, _, _ in }
let all = Hook.observe(model.depthCurve) { _, _, _ in }
// The first pass loads the weights and is not counted.
try pass(documents, hooks: [last])
let machine = limit()
// Multiply-adds of the linear layers per token, and of causal attention per document.
let linear = 2.0 * Double(model.parameters - size.vocabulary * size.width) * Double(tokens)
let attention = rows.reduce(0.0) {
  $0 + 2 * Double($1.count * $1.count) * Double(size.width * size.blocks)
}
for (what, hook) in [("isobath, last state", last), ("isobath, every state seen", all)] {
  let times = try (0..<repeats).map { _ in try seconds { try pass(documents, hooks: [hook]) } }
  let rate = (linear + attention) / times.sorted()[repeats / 2] / 1e9
  report(
    what, times,
    String(format: ", \"gflops\": %.1f, \"limit_gflops\": %.1f", rate, machine))
}
