// SPDX-License-Identifier: GPL-3.0-or-later

/// What an interval or a test says of itself, to be checked by simulation.
package struct CoverageClaim: Sendable, Equatable {
  /// The method, such as `bca`.
  package let name: String
  /// The share of samples in which it is to hold the truth, or, of a test, to reject what is true;
  /// nil when it claims nothing and is counted for comparison.
  package let nominal: Double?

  package init(_ name: String, nominal: Double?) {
    self.name = name
    self.nominal = nominal
  }
}

/// What became of one claim in one simulated sample.
package enum CoverageOutcome: Sendable, Equatable {
  /// The interval holds the truth, or the test rejects.
  case held
  case missed
  /// There is no interval.
  case none

  package init(_ held: Bool) { self = held ? .held : .missed }

  /// Whether low … high holds the truth.
  package init(_ truth: Double, within low: Double?, _ high: Double?) {
    guard let low, let high else {
      self = .none
      return
    }
    self = low <= truth && truth <= high ? .held : .missed
  }
}

/// One setting of a simulation: samples of known truth, each asked for all claims of its group.
package struct CoverageExperiment: Sendable {
  /// The setting, such as `lognormal, n = 30`.
  package let name: String
  /// How many samples the full table has.
  package let replicates: Int
  /// Draws one sample and says what became of each claim of the group, in order.
  let trial: @Sendable (RandomStream) -> [CoverageOutcome]

  package init(
    _ name: String, replicates: Int, trial: @escaping @Sendable (RandomStream) -> [CoverageOutcome]
  ) {
    self.name = name
    self.replicates = replicates
    self.trial = trial
  }
}

/// Experiments that check the same claims: one table.
package struct CoverageGroup: Sendable {
  /// The name to ask for it by.
  package let id: String
  package let title: String
  /// What is simulated and what the shares say, in Markdown.
  package let about: String
  package let claims: [CoverageClaim]
  package let experiments: [CoverageExperiment]

  package init(
    id: String, title: String, about: String, claims: [CoverageClaim],
    experiments: [CoverageExperiment]
  ) {
    self.id = id
    self.title = title
    self.about = about
    self.claims = claims
    self.experiments = experiments
  }
}

/// How one claim fared in one experiment.
package struct CoverageRow: Sendable, Equatable {
  package let group: String
  package let experiment: String
  package let claim: CoverageClaim
  package let replicates: Int
  package let held: Int
  /// Samples without an interval; they are no part of the share.
  package let missing: Int

  /// held / (replicates − missing); nil when no sample has an interval.
  package var share: Double? {
    replicates > missing ? Double(held) / Double(replicates - missing) : nil
  }

  /// The share's standard error √(p(1 − p)/R), p from (held + 1)/(R + 2) so that it is never 0.
  package var error: Double {
    let count = Double(replicates - missing)
    let p = (Double(held) + 1) / (count + 2)
    return (p * (1 - p) / max(1, count)).squareRoot()
  }
}
