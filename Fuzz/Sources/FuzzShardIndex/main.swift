// SPDX-License-Identifier: GPL-3.0-or-later
@testable import FuzzSupport
@testable import IsobathCheckpoint

/// An index beside two shards with a tensor each, `a` and `b`.
let scratch = Scratch()
for (name, tensor) in [("1.safetensors", "a"), ("2.safetensors", "b")] {
  let header = "{\"\(tensor)\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
  let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
  (length + Array(header.utf8) + [0, 0, 0, 0]).withUnsafeBytes { _ = scratch.write(name, $0) }
}
Fuzzer.run { bytes in
  Reading.read(scratch.write("index.json", bytes)) { path throws(CheckpointError) in
    try ShardIndex.source(path, of: .safetensors)
  }
  Reading.read(scratch.path("index.json")) { path throws(CheckpointError) in
    try ShardIndex.source(path, of: .torch)
  }
}
