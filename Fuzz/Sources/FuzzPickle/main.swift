// SPDX-License-Identifier: GPL-3.0-or-later
import FuzzSupport

@testable import IsobathCheckpoint

/// The pickle without its archive, up to the tensors' names.
Fuzzer.run { bytes in
  var machine = PickleMachine(bytes)
  do throws(PickleProblem) {
    let root = try machine.run()
    do throws(TorchProblem) {
      let state = try StateDict(root, machine.heap)
      precondition(!state.tensors.isEmpty)
    } catch { Reading.check(CheckpointError.torch(error, path: "pickle")) }
  } catch { Reading.check(CheckpointError.torch(.pickle(error), path: "pickle")) }
}
