// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import IsobathLinear
import IsobathTestSupport
import Testing

/// The cursor into a checkpoint's tensors.
@Suite struct WeightsTests {
  private func source(_ extra: [(name: String, shape: [Int], values: [Float])] = []) throws
    -> (TensorSource, String)
  {
    let path = try Scratch().write(
      "model.safetensors",
      SafetensorsBytes.file(
        floats: [
          ("model.0.w", [2, 3], [1, 2, 3, 4, 5, 6]), ("model.0.b", [3], [7, 8, 9]),
          ("table", [4, 2], [0, 1, 10, 11, 20, 21, 30, 31]),
        ] + extra))
    return (try TensorSource.safetensors(path), path)
  }

  @Test func loading() throws {
    let w = Weights(try source().0, loads: true)["model.0"]
    let matrix = try w.matrix("w", 2, 3)
    #expect(matrix.rows == 2 && matrix.columns == 3 && matrix.elements == [1, 2, 3, 4, 5, 6])
    #expect(try w.vector("b", 3) == [7, 8, 9])
    #expect(try w["b"].vector("", 3) == [7, 8, 9])
    #expect(w.bytes == 36 && w.parameters == 9)
    // Asked for twice, counted once.
    _ = try w.matrix("w", 2, 3)
    #expect(w.bytes == 36 && w.parameters == 9)
  }

  @Test func verifyingReadsNothing() throws {
    let big = [Float](repeating: .nan, count: 900)
    let w = Weights(try source([("nan", [1], [.nan]), ("big", [30, 30], big)]).0, loads: false)
    let matrix = try w["model"]["0"].matrix("w", 2, 3)
    #expect(matrix.rows == 2 && matrix.columns == 3)
    #expect(try !w.matrix("big", 30, 30).holdsElements)
    #expect(try w.vector("model.0.b", 3).isEmpty)
    #expect(try w.vector("nan", 1).isEmpty)
    try w.check("table", 4, 2)
    // A table that rows are gathered from does not stay in memory.
    #expect(w.bytes == 4 * 910 && w.parameters == 918)
    #expect(w.unused.isEmpty)
  }

  @Test func transposed() throws {
    let w = Weights(try source().0, loads: true)["model.0"].transposed
    let matrix = try w.matrix("w", 3, 2)
    #expect(matrix.rows == 3 && matrix.columns == 2 && matrix.elements == [1, 4, 2, 5, 3, 6])
    let error = refusal { () throws(CheckpointError) in try w.matrix("w", 2, 3) }
    guard case .shape("model.0.w", [2, 3], [3, 2], _) = error else {
      Issue.record("refused as \(String(describing: error))")
      return
    }
  }

  @Test func transposedLargerThanATile() throws {
    let (rows, columns) = (70, 45)
    let values = (0..<(rows * columns)).map { Float($0) }
    let w = Weights(try source([("big", [rows, columns], values)]).0, loads: true)
    let matrix = try w.transposed.matrix("big", columns, rows)
    let expected = (0..<columns).flatMap { c in (0..<rows).map { values[$0 * columns + c] } }
    #expect(matrix.elements == expected)
  }

  @Test func gatheringRows() throws {
    let w = Weights(try source().0, loads: true)
    let rows = try w.gather("table", [3, 0, 3, 3, 1], 4, 2)
    #expect(rows.rows == 5 && rows.elements == [30, 31, 0, 1, 30, 31, 30, 31, 10, 11])
    #expect(try w.gather("table", [], 4, 2).count == 0)
    #expect(w.bytes == 0 && w.parameters == 8)
  }

  @Test func names() throws {
    let w = Weights(try source().0, loads: false)
    #expect(w.has("table") && w["model.0"].has("b") && !w.has("b"))
    #expect(w.firstPresent(["x", "model.0", ""], probe: "w").has("b"))
    #expect(w.firstPresent(["x", "y"], probe: "w")["z"].has("w") == false)
    #expect(w.unused == ["model.0.b", "model.0.w", "table"])
    _ = try w.matrix("model.0.w", 2, 3)
    #expect(w.unused == ["model.0.b", "table"])
  }

  @Test(arguments: [true, false]) func whatIsNotThere(_ loads: Bool) throws {
    let (source, path) = try source()
    let w = Weights(source, loads: loads)["model.0"]
    let error = refusal { () throws(CheckpointError) in try w.matrix("weight", 2, 3) }
    #expect(error == .missingTensor("model.0.weight", path: path))
    expectSentence(error, names: path, says: "'model.0.weight' is missing")
    // What was not found was not used.
    #expect(w.unused.count == 3)
  }

  @Test(arguments: [true, false]) func otherShapes(_ loads: Bool) throws {
    let (source, path) = try source()
    let w = Weights(source, loads: loads)
    let errors = [
      refusal { () throws(CheckpointError) in try w.matrix("model.0.w", 3, 2) },
      refusal { () throws(CheckpointError) in try w.gather("model.0.w", [0], 3, 2) },
      refusal { () throws(CheckpointError) in try w.check("model.0.w", 3, 2) },
    ]
    for error in errors {
      let expected = CheckpointError.shape(
        tensor: "model.0.w", found: [2, 3], expected: [3, 2], path: path)
      #expect(error == expected)
      expectSentence(error, names: path, says: "'model.0.w'", "[2, 3]", "[3, 2]")
    }
    let vector = refusal { () throws(CheckpointError) in try w.vector("model.0.w", 6) }
    expectSentence(vector, names: path, says: "[2, 3]", "[6]")
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func valuesThatAreNoNumbers(_ bad: Float)
    throws
  {
    let (source, path) = try source([("m", [2, 2], [1, 2, bad, bad]), ("v", [2], [0, bad])])
    let w = Weights(source, loads: true)
    let error = refusal { () throws(CheckpointError) in try w.matrix("m", 2, 2) }
    #expect(error == .notFinite(tensor: "m", count: 2, first: 2, path: path))
    expectSentence(error, names: path, says: "'m' has 2 values", "at element 2")
    let vector = refusal { () throws(CheckpointError) in try w.vector("v", 2) }
    #expect(vector == .notFinite(tensor: "v", count: 1, first: 1, path: path))
    // Elements are counted in the tensor, not in the rows that were asked for.
    let row = refusal { () throws(CheckpointError) in try w.gather("m", [0, 1], 2, 2) }
    #expect(row == .notFinite(tensor: "m", count: 2, first: 2, path: path))
    #expect(try w.gather("m", [0, 0], 2, 2).elements == [1, 2, 1, 2])
  }

  @Test func typesThatAreNotRead() throws {
    let header = "{\(SafetensorsBytes.entry("ids", "I64", "[1]", "[0,8]"))}"
    let path = try Scratch().write("m.safetensors", SafetensorsBytes.file(header, data: 8))
    let w = Weights(try TensorSource.safetensors(path), loads: false)
    let error = refusal { () throws(CheckpointError) in try w.vector("ids", 1) }
    #expect(error == .unreadType(tensor: "ids", type: "I64", path: path))
  }

  /// llama.cpp interleaves the halves of a head's rows; a file's own order comes back.
  @Test func permutedRows() throws {
    let rows = (0..<8).map { Float($0) }
    // Two heads of four: 0 2 1 3 of each.
    let stored: [Float] = [0, 2, 1, 3, 4, 6, 5, 7]
    let names = NameMap(
      stored: { $0 == "q" ? StoredTensor("stored", permutedHeads: 2) : StoredTensor($0) },
      isNative: false)
    let w = Weights(try source([("stored", [8, 1], stored)]).0, loads: true, names: names)
    #expect(try w.matrix("q", 8, 1).elements == rows)
    #expect(try w.matrix("stored", 8, 1).elements == stored)
    // Nothing is stored transposed where the converter has turned it.
    #expect(try w["model.0"].transposed.matrix("w", 2, 3).elements == [1, 2, 3, 4, 5, 6])
  }

  /// Several equal parts in one tensor: stacked, or in a dimension of their own.
  @Test func partsOfTensors() throws {
    let values = (0..<12).map { Float($0) }
    let names = NameMap(
      stored: {
        StoredTensor(String($0.dropLast(2)), part: .init(Int(String($0.last ?? "0")) ?? 0, of: 3))
      },
      isNative: false)
    let tensors: [(name: String, shape: [Int], values: [Float])] = [
      ("stacked", [6, 2], values), ("apart", [3, 2, 2], values), ("flat", [12], values),
    ]
    let (source, path) = try source(tensors)
    let w = Weights(source, loads: true, names: names)
    #expect(try w.matrix("stacked.1", 2, 2).elements == [4, 5, 6, 7])
    #expect(try w.matrix("apart.2", 2, 2).elements == [8, 9, 10, 11])
    #expect(try w.vector("flat.0", 4) == [0, 1, 2, 3])
    #expect(w.parameters == 12 && w.bytes == 48)
    #expect(w.unused == ["model.0.b", "model.0.w", "table"])
    let error = refusal { () throws(CheckpointError) in try w.matrix("apart.0", 4, 2) }
    #expect(
      error == .shape(tensor: "apart", found: [3, 2, 2], expected: [3, 4, 2], path: path))
  }

  /// A part of a quantised matrix begins with a row; of a vector, it may not begin with a block.
  @Test func partsOfQuantisedTensors() throws {
    let file = try GGUFFile(Fixtures.path("gguf/types.gguf"))
    let names = NameMap(
      stored: { $0 == "half" ? StoredTensor("Q8_0", part: .init(1, of: 2)) : StoredTensor($0) },
      isNative: false)
    let w = Weights(file.source, loads: true, names: names)
    let whole = try w.matrix("Q8_0", 8, 64).elements
    #expect(try w.matrix("half", 4, 64).elements == Array(whole[256...]))

    var bytes = GGUFBytes()
    bytes.tensors = [.init(name: "v", extents: [64], type: 8, bytes: 68)]
    let path = try Scratch().write("v.gguf", bytes.bytes)
    let divided = NameMap(
      stored: { _ in StoredTensor("v", part: .init(1, of: 4)) }, isNative: false)
    let v = Weights(try GGUFFile(path).source, loads: true, names: divided)
    let error = refusal { () throws(CheckpointError) in try v.vector("part", 16) }
    #expect(error == .unreadType(tensor: "v", type: "Q8_0", path: path))
  }
}
