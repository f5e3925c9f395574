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

  /// One document of token ids per row.
  func documents() throws -> [TokenizedDocument] {
    let tensor = try #require(source.tensors["input_ids"])
    let ids = try source.stored(tensor).withUnsafeBytes { bytes in
      (0..<tensor.count).map {
        Int32(truncatingIfNeeded: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self))
      }
    }
    let length = tensor.shape[1]
    return (0..<tensor.shape[0]).map { row in
      TokenizedDocument(name: "row \(row)", ids: Array(ids[(row * length)..<((row + 1) * length)]))
    }
  }
}

/// Every state of a run, by document and site.
func states(
  _ model: Model, _ documents: [TokenizedDocument], residency: MemoryPlan.Residency = .resident,
  sites: [Site]? = nil, patch: [Hook] = []
) throws -> [[Site: [Float]]] {
  let all = sites ?? Site.all(blocks: model.dimensions.blocks)
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
