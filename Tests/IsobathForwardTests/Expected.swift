// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathForward
import IsobathModel
import IsobathTestSupport
import Synchronization
import Testing

/// The reference's tensors for a tiny checkpoint: `expected.safetensors`.
struct Expected {
  private let source: TensorSource

  init(_ name: String) throws { try self.init(file: "tiny/\(name)/expected.safetensors") }

  init(file: String) throws { source = try .safetensors(Fixtures.path(file)) }

  func shape(_ name: String) -> [Int] { source.tensors[name]?.shape ?? [] }

  func floats(_ name: String) throws -> [Float] {
    let tensor = try #require(source.tensors[name])
    let rows = tensor.shape[0]
    return try [Float](unsafeUninitializedCapacity: tensor.count) { buffer, count in
      try source.load(tensor, rows: 0..<rows, into: try #require(buffer.baseAddress))
      count = tensor.count
    }
  }

  /// An entry of `hidden_states`, all documents; entries of different widths are stored one by one.
  func hiddenState(_ entry: Int, of entries: Int) throws -> [Float] {
    if source.tensors["hidden_states"] == nil { return try floats("hidden_states.\(entry)") }
    let all = try floats("hidden_states")
    let size = all.count / entries
    return Array(all[(entry * size)..<((entry + 1) * size)])
  }

  /// One document of token ids per row.
  func documents() throws -> [TokenizedDocument] {
    try integers("input_ids").enumerated().map { TokenizedDocument(name: "row \($0)", ids: $1) }
  }

  /// The rows of a matrix of int64.
  func integers(_ name: String) throws -> [[Int32]] {
    let tensor = try #require(source.tensors[name])
    let values = try source.stored(tensor).withUnsafeBytes { bytes in
      (0..<tensor.count).map {
        Int32(truncatingIfNeeded: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self))
      }
    }
    let length = tensor.shape[1]
    return (0..<tensor.shape[0]).map { Array(values[($0 * length)..<(($0 + 1) * length)]) }
  }
}

/// Every state of a run, by document and site.
func states(
  _ model: Model, _ documents: [TokenizedDocument], residency: MemoryPlan.Residency = .resident,
  sites: [Site]? = nil, patch: [Hook] = []
) throws -> [[Site: [Float]]] {
  let all = sites ?? model.sites
  let found = Mutex([[Site: [Float]]](repeating: [:], count: documents.count))
  let keep = Hook.observe(all) { site, document, states in
    var values: [Float] = []
    for token in 0..<states.tokens { states.withToken(token) { values += $0 } }
    found.withLock { $0[document.index][site] = values }
  }
  try ForwardPass(model, residency: residency)(documents, hooks: patch + [keep])
  return found.withLock { $0 }
}

/// The largest difference relative to the reference's largest value.
func relativeError(_ found: [Float], _ expected: some Collection<Float>) -> Double {
  guard found.count == expected.count else { return .infinity }
  let largest = expected.reduce(0) { max($0, abs($1)) }
  let worst = zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
  return Double(worst) / Double(largest)
}
