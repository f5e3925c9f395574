// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FuzzSupport
@testable import IsobathCheckpoint

let scratch = Scratch()
Fuzzer.run { bytes in
  Reading.read(scratch.write("pytorch_model.bin", bytes)) { path throws(CheckpointError) in
    try TensorSource.torch(path)
  }
}
