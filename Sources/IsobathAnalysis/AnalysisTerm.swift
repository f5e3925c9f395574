// SPDX-License-Identifier: GPL-3.0-or-later

/// What a glossary says of an analysis, whatever it is asked of.
package struct AnalysisTerm: Sendable, Equatable {
  package let id: String
  package let title: String
  package let about: String
}

/// Every analysis of documents' values, of pooled rows, of two runs and of stages of a training.
package let analysisTerms: [AnalysisTerm] =
  analyses.map { AnalysisTerm(id: $0.id, title: $0.title, about: $0.about) }
  + pooledAnalyses.map { AnalysisTerm(id: $0.id, title: $0.title, about: $0.about) }
  + ComparisonAnalysis.allCases.map { AnalysisTerm(id: $0.id, title: $0.title, about: $0.about) }
  + StageAnalysis.allCases.map { AnalysisTerm(id: $0.id, title: $0.title, about: $0.about) }
