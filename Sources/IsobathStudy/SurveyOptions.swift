// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathMeasure
import IsobathRecord
import IsobathText

/// What a survey was asked to do: what decides its numbers, and how it may run.
package struct SurveyOptions: Sendable {
  /// A folder or a `.gguf` file.
  package var model: String
  /// What the model's weights are instead of those that it stores.
  package var weights: WeightOptions
  package var corpus: CorpusOptions
  /// At most this many tokens per document; nil means the model's positions.
  package var maxTokens: Int?
  /// What happens to a longer document.
  package var overflow: LengthPolicy.Overflow
  /// The spelling of the sites, as `SiteSelection` reads it.
  package var sites: String
  package var preparations: [Preparation]
  package var orders: [Double]
  package var positions: PositionPolicy
  package var companions: Companions
  package var seed: UInt64
  /// Bytes that the process may hold.
  package var memory: Int
  package var threads: Int
  /// The run's folder.
  package var output: String

  package init(
    model: String, weights: WeightOptions = WeightOptions(), corpus: CorpusOptions,
    maxTokens: Int? = nil,
    overflow: LengthPolicy.Overflow = .truncate, sites: String = "default",
    preparations: [Preparation] = [.paper], orders: [Double] = RenyiEntropy.defaultOrders,
    positions: PositionPolicy = .log, companions: Companions = Companions(), seed: UInt64 = 1,
    memory: Int, threads: Int, output: String
  ) {
    self.model = model
    self.weights = weights
    self.corpus = corpus
    self.maxTokens = maxTokens
    self.overflow = overflow
    self.sites = sites
    self.preparations = preparations
    self.orders = orders
    self.positions = positions
    self.companions = companions
    self.seed = seed
    self.memory = memory
    self.threads = threads
    self.output = output
  }

  /// What decides the numbers, for the manifest. Memory and threads do not.
  func settings(sites: [String], limit: Int) -> [Setting] {
    [
      Setting("sites", .list(sites.map { SettingValue($0) })),
      Setting("preparations", .list(preparations.map { SettingValue($0.id) })),
      Setting("orders", .list(orders.map { SettingValue($0) })),
      Setting("positions", SettingValue(positions.rawValue)),
      Setting("max-tokens", SettingValue(limit)),
      Setting("long-documents", SettingValue(overflow.rawValue)),
      Setting("seed", SettingValue(seed)),
    ] + weights.settings + companions.settings
  }
}
