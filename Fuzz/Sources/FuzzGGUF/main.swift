// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FuzzSupport
@testable import IsobathCheckpoint

/// The header, every value of the metadata in every type, and the tensors.
func read(_ path: String) throws(CheckpointError) -> TensorSource {
  let file = try GGUFFile(path)
  _ = file.settings
  for key in file.metadata.keys {
    _ = file.metadata[key].map(ConfigValue.init)
    do throws(CheckpointError) { _ = try file.strings(key) } catch { Reading.check(error) }
    do throws(CheckpointError) { _ = try file.ints(key) } catch { Reading.check(error) }
    do throws(CheckpointError) { _ = try file.doubles(key) } catch { Reading.check(error) }
  }
  return file.source
}

let scratch = Scratch()
Fuzzer.run { bytes in
  Reading.read(scratch.write("model-00001-of-00001.gguf", bytes)) { path throws(CheckpointError) in
    try read(path)
  }
}
