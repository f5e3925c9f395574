// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// Why two runs cannot be compared.
package enum ComparisonError: Error, Equatable {
  /// A margin that is not a positive number.
  case margin(Double)
  /// A run without a document.
  case empty(folder: String)
  /// Several base runs although they are no seeds of an untrained model.
  case severalBases(Int)
  /// The untrained runs are not of one architecture and size.
  case otherShape(folder: String)
  /// Documents of two runs do not belong together.
  case pairing(PairingFault)
  case analysis(AnalysisError)
  case run(RecordError)
}

/// What keeps two runs from being compared document by document.
package enum PairingFault: Error, Equatable {
  /// Why the tokens of a document differ, as far as the manifests tell.
  package enum Cause: Equatable, Sendable {
    /// The corpora hold other texts: another file, field or limit.
    case texts
    /// Documents are cut at other lengths.
    case cut(base: String, tuned: String)
    /// Other tokenizers.
    case tokenizer(base: String, tuned: String)
    /// Another chat template, or other options of the text.
    case option(String, base: String, tuned: String)
    /// The manifests agree: special tokens, or the tokenizer's own files.
    case unknown
  }

  /// One run has a document that the other lacks.
  case documents(first: String, base: Int, tuned: Int, shared: Int)
  /// The same documents in another order.
  case order(first: String)
  case tokens(document: String, base: Int, tuned: Int, differing: Int, of: Int, Cause)
  case preparations(base: [String], tuned: [String])
  /// Models of different depth.
  case depths(base: Int, tuned: Int)
  /// No site that both runs have.
  case sites(base: String, tuned: String)
}

extension ComparisonError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .margin(let margin):
      "a margin is a positive number of nats, such as 0.05, not \(margin)"
    case .empty(let folder):
      "'\(folder)' has no document yet: survey first"
    case .severalBases(let count):
      """
      \(count) base runs were given: only seeds of an untrained model are compared together, with \
      --as untrained; give one base run otherwise
      """
    case .otherShape(let folder):
      """
      '\(folder)' is a model of another family or size than the first untrained run: give seeds of one \
      architecture
      """
    case .pairing(let fault): fault.description
    case .analysis(let error): error.description
    case .run(let error): error.description
    }
  }
}

extension PairingFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .documents(let first, let base, let tuned, let shared):
      """
      the runs hold other documents (\(base) and \(tuned), \(shared) of the same id; the first that only \
      one has is '\(VisibleText.escaped(first))'): survey both with one corpus and one limit, or \
      compare means alone with --unpaired
      """
    case .order(let first):
      """
      the runs hold the same documents in another order, from '\(VisibleText.escaped(first))' on: survey \
      both with the same corpus file
      """
    case .tokens(let document, let base, let tuned, let differing, let all, let cause):
      """
      \(differing) of \(all) documents have other tokens in the two runs, the first being \
      '\(VisibleText.escaped(document))' (\(base) and \(tuned) tokens): \(cause.description), or \
      compare means alone with --unpaired
      """
    case .preparations(let base, let tuned):
      """
      the runs share no preparation (\(base.joined(separator: ", ")) and \
      \(tuned.joined(separator: ", "))): survey both with the same --preparation
      """
    case .depths(let base, let tuned):
      """
      the models have \(base) and \(tuned) blocks, so no site answers to one of the other: compare \
      relative depths with --by-depth
      """
    case .sites(let base, let tuned):
      "the runs share no site (\(base) and \(tuned)): survey both with the same --sites"
    }
  }
}

extension PairingFault.Cause: CustomStringConvertible {
  package var description: String {
    switch self {
    case .texts: "the corpora are not the same texts; survey both with one file, field and limit"
    case .cut(let base, let tuned):
      "documents are cut at \(base) and \(tuned) tokens; survey both with the same --max-tokens"
    case .tokenizer(let base, let tuned):
      "the tokenizers differ (\(base); \(tuned)); give both models one tokenizer"
    case .option(let name, let base, let tuned):
      "the option '\(name)' differs (\(base) and \(tuned)); survey both with the same"
    case .unknown:
      """
      the manifests name the same tokenizer and options, so its files or its special tokens differ; give \
      both models one tokenizer
      """
    }
  }
}
