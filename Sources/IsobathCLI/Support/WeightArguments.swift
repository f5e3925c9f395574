// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import IsobathCheckpoint
import IsobathStudy

/// Weights that take the place of those that a checkpoint stores.
struct WeightArguments: ParsableArguments {
  @Option(
    help: """
      Run the model as it was before training: its family's random initialisation with this seed \
      takes the place of the weights, of which names and shapes are used alone.
      """)
  var untrained: UInt64?

  @Option(
    help: """
      Round every matrix to a storage type and back before it runs: f16, bf16, q8_0 or q4_0. Norms \
      and biases stay as they are. With --untrained, the initial weights are rounded.
      """)
  var roundWeights: WeightRounding?

  var options: WeightOptions { WeightOptions(untrained: untrained, rounding: roundWeights) }
}

extension WeightRounding: ExpressibleByArgument {}
