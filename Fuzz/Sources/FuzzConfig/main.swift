// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FuzzSupport
@testable import IsobathCheckpoint
@testable import IsobathJSON

/// A configuration, its keys read as everything that they could be.
func read(_ bytes: UnsafeRawBufferPointer) throws(CheckpointError) {
  let document: JSONDocument
  do throws(JSONError) { document = try JSONDocument(Array(bytes)) } catch {
    throw .json(error, path: "config.json")
  }
  let value = ConfigValue(document.root)
  _ = value.canonical
  guard case .object(let values) = value else { return }
  let config = ConfigReader(values, file: "config.json")
  for key in values.keys {
    attempt { () throws(CheckpointError) in _ = try config.positiveInt(key) }
    attempt { () throws(CheckpointError) in _ = try config.double(key) }
    attempt { () throws(CheckpointError) in _ = try config.bool(key) }
    attempt { () throws(CheckpointError) in _ = try config.string(key) }
    attempt { () throws(CheckpointError) in try config.nested(key)?.finish() }
  }
  try ConfigReader(values, file: "config.json").finish()
}

func attempt(_ body: () throws(CheckpointError) -> Void) {
  do throws(CheckpointError) { try body() } catch { Reading.check(error) }
}

Fuzzer.run { bytes in
  attempt { () throws(CheckpointError) in try read(bytes) }
}
