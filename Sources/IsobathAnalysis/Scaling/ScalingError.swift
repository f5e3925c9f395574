// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord
import IsobathStatistics

/// Why runs make no ladder of sizes.
package enum ScalingError: Error, Equatable {
  case fewRuns(Int)
  /// Two runs of the same model, or one run named twice.
  case sameModel(String, String)
  case noParameters(run: String)
  case noDocuments(run: String)
  /// Two runs of different texts, or of the same texts cut or tokenized in another way.
  case otherDocuments(run: String, reference: String, document: String, why: Difference)
  case noPreparation(run: String, preparation: String, known: [String])
  case noSite(run: String, site: String)
  /// No document has a value in every run.
  case noValues(place: String)
  case share(Double)
  /// An untrained model that is the twin of no run, or of one that has a twin already.
  case noTwin(run: String)
  /// A run without its untrained twin while others have one.
  case twinMissing(run: String)
  case unreadable(RecordError)

  /// How two runs' documents differ.
  package enum Difference: Sendable, Equatable {
    case count(Int, Int)
    case id(String)
    case tokens(Int, Int)
    case digest
  }
}

extension ScalingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .fewRuns(let count):
      "\(count) \(count == 1 ? "run" : "runs"): a law of size needs at least "
        + "\(SizeLaw.fewestSizes) sizes; survey more models of the family"
    case .sameModel(let first, let second):
      "\(first) and \(second) are runs of the same weights: give one run for each size"
    case .noParameters(let run):
      "\(run): its manifest does not tell the number of parameters: survey it again"
    case .noDocuments(let run): "\(run): no document is in this run yet; survey first"
    case .otherDocuments(let run, let reference, let document, let why):
      "\(run) and \(reference) differ at document '\(document)': \(Self.text(why)); survey all "
        + "models with the same texts, --limit, --max-tokens and tokenizer"
    case .noPreparation(let run, let preparation, let known):
      "\(run) has no preparation '\(preparation)' (it has: \(known.joined(separator: ", "))): survey it "
        + "again with it, or give --preparation"
    case .noSite(let run, let site):
      "\(run) has no site \(site): survey it again with --sites default"
    case .noValues(let place): "no document has an entropy at \(place) in every run"
    case .share(let share): "a depth is a share from 0 to 1, not \(share)"
    case .noTwin(let run):
      "\(run): no run has a model of its family, blocks, width and parameters that lacks an "
        + "untrained twin"
    case .twinMissing(let run):
      "\(run) has no untrained twin: give --untrained for every run, or for none"
    case .unreadable(let error): error.description
    }
  }

  private static func text(_ why: Difference) -> String {
    switch why {
    case .count(let one, let other): "\(one) documents against \(other)"
    case .id(let other): "there the other has '\(other)'"
    case .tokens(let one, let other): "\(one) tokens against \(other)"
    case .digest: "its tokens are not the same"
    }
  }
}
