// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathCheckpoint
import Testing

/// Fails unless the bytes are refused with this problem, in a sentence of one line that names the file.
func expectTorch(
  _ bytes: [UInt8], _ problem: TorchProblem, says parts: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let path = try Scratch().write("pytorch_model.bin", bytes)
  let error = refusal(sourceLocation: sourceLocation) { () throws(CheckpointError) in
    try TensorSource.torch(path)
  }
  #expect(error == .torch(problem, path: path), sourceLocation: sourceLocation)
  for part in parts {
    expectSentence(error, names: path, says: part, sourceLocation: sourceLocation)
  }
  #expect(error?.description.contains("\n") == false, sourceLocation: sourceLocation)
}

func expectZip(
  _ zip: ZipBytes, _ problem: ZipProblem, says part: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectTorch(zip.bytes, .zip(problem), says: part, sourceLocation: sourceLocation)
}

func expectPickle(
  _ pickle: [UInt8], _ problem: PickleProblem, says parts: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  for part in parts {
    try expectTorch(
      ZipBytes.checkpoint(pickle).bytes, .pickle(problem), says: part,
      sourceLocation: sourceLocation)
  }
}

func expectTensor(
  _ value: [UInt8], _ problem: TorchProblem, says part: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectTorch(
    ZipBytes.checkpoint(PickleBytes.file("t", value)).bytes, problem, says: part,
    sourceLocation: sourceLocation)
}
