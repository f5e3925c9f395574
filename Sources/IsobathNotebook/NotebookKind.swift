// SPDX-License-Identifier: GPL-3.0-or-later

/// What a notebook is about: its words, how it reads its tables, and what it draws.
package enum NotebookKind: Sendable, CaseIterable {
  /// One survey.
  case run
  /// Two runs, document by document.
  case comparison
  /// Laws of size.
  case sizes
  /// Checkpoints of one training.
  case stages
  /// Models × corpora.
  case study
}

extension NotebookKind {
  /// What follows the study's name in the heading.
  var subtitle: String {
    switch self {
    case .run: "how the representations compress with depth"
    case .comparison: "what changed between two models, and where"
    case .sizes: "entropy and model size"
    case .stages: "entropy through training"
    case .study: "models over corpora"
    }
  }

  /// What the numbers are, as a paragraph before the list of files.
  var opening: String {
    let states = """
      Each document of a corpus went through a language model. At every layer its hidden states, one
      vector for each token, were prepared and reduced to the eigenvalues of their covariance; this
      notebook draws the entropies of those eigenvalues
      """
    let reads = "It reads the tables beside it and needs neither\nthe model nor Isobath:"
    switch self {
    case .run: return "\(states). \(reads)"
    case .comparison:
      return """
        The same documents went through two language models, and at every layer the matrix entropies of
        their hidden states were compared, document by document. \(reads)
        """
    case .sizes:
      return """
        Numbers of models of several sizes, with the laws a·P^(−b) that were fitted to them, P being the
        number of parameters; and the control: what the denominator ln d alone explains of the published
        form H/ln d. \(reads)
        """
    case .stages:
      return """
        The same documents went through checkpoints of one training. This notebook follows the matrix
        entropy of their hidden states by depth and by step. \(reads)
        """
    case .study:
      return """
        Several corpora went through several language models. This notebook draws every curve of the
        matrix entropy of their hidden states, and lists where each is lowest. \(reads)
        """
    }
  }

  /// What `records.csv` holds.
  var rows: String {
    switch self {
    case .run:
      """
      one row for each number: means over documents with their intervals, and the entropy and deficit of \
      each document
      """
    case .comparison: "the report's rows: differences, tests and both models' means, site by site"
    case .sizes: "the report's rows: each model's values, the laws and the control"
    case .stages: "the report's rows: means at every stage, changes and their tests"
    case .study: "the report's rows: means, valleys and losses of every run"
    }
  }

  /// The parts between the style and the dictionary, in the order of reading.
  var sections: [Section] {
    switch self {
    case .run:
      [
        finding, entropyByDepth, ordersByDepth, positionsByDepth, spectraByDepth, spreadByDepth,
      ]
    case .comparison:
      [
        changeMaps, reportFinding, comparisonFinding, differenceByDepth, bothCurves,
        diffERankByDepth, effectBySite, differenceByOrder, alignmentByDepth,
      ]
    case .sizes: [reportFinding, sizesFinding, sizePanels, publishedBySize, quantitiesBySize]
    case .stages:
      [
        changeMaps, reportFinding, stagesFinding, entropyByStep, changeByStep, curvesByStage,
        depthsAlongTraining,
      ]
    case .study: [reportFinding, studyFinding, curvesByCorpus, valleys]
    }
  }
}
