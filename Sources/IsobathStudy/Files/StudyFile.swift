// SPDX-License-Identifier: GPL-3.0-or-later

/// A study: models × corpora × options × analyses, as a file says it.
///
/// Options are the command's own, by their long names without dashes, so whatever a command can be
/// asked can stand in a file.
package struct StudyFile: Sendable, Equatable {
  /// An option and its values; "true" and "false" are those of a flag.
  package struct Option: Sendable, Equatable {
    package let name: String
    package let values: [String]
  }

  /// A model of the study.
  package struct Model: Sendable, Equatable {
    /// What the study calls it.
    package let name: String
    /// A path or the id of a model on the hub.
    package let path: String
    /// Of training; read from names where it is absent.
    package let step: Int?
    /// Of `isobath survey`, for this model alone.
    package let options: [Option]
  }

  /// A corpus of the study.
  package struct Corpus: Sendable, Equatable {
    package let name: String
    package let paths: [String]
    package let options: [Option]
  }

  /// A question that is asked of several models over each corpus.
  package struct Question: Sendable, Equatable {
    /// The subcommand that answers it.
    package enum Kind: String, Sendable, CaseIterable {
      case compare
      case scale
      case stages
    }

    package let kind: Kind
    /// The study's names of models; for a comparison the base models, then the other.
    package let models: [String]
    /// Untrained twins of the models of a scaling law.
    package let untrained: [String]
    /// Of the subcommand.
    package let options: [Option]
    package let line: Int
  }

  /// The file as it stands.
  package let text: String
  /// The heading of the report.
  package let title: String
  /// Folders, as the file spells them; nil leaves them to the command.
  package let runs: String?
  package let output: String?
  /// Of notebooks; nil for none.
  package let notebooks: String?
  package let models: [Model]
  package let corpora: [Corpus]
  /// Of `isobath survey`, for every model and corpus.
  package let survey: [Option]
  package let questions: [Question]
  /// Whether each run gets a report of its own.
  package let reports: Bool
}

extension StudyFile.Option {
  /// As arguments of a command line: `--orders 0.5,1`, `--attention`, `--no-attention`.
  package var arguments: [String] {
    switch values {
    case ["true"]: ["--\(name)"]
    case ["false"]: ["--no-\(name)"]
    default: ["--\(name)", values.joined(separator: ",")]
    }
  }
}
