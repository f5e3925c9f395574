// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Yams

extension StudyFile {
  /// Options of `isobath survey` that a model, a corpus and the whole study may name.
  package static let modelOptions = ["revision", "offline", "untrained", "round-weights"]
  package static let corpusOptions = [
    "field", "limit", "preset", "sample", "sample-seed", "max-tokens", "long", "on-error",
  ]
  package static let surveyOptions = [
    "sites", "preparation", "orders", "positions", "measures", "pairs", "pool", "lens", "compat",
    "sink-threshold", "contributions", "attention", "seed", "memory", "threads", "max-tokens",
    "long", "limit",
  ]
  /// Options of the subcommand that answers a question.
  package static func options(of kind: Question.Kind) -> [String] {
    let shared = ["resamples", "level", "interval", "seed", "threads"]
    return switch kind {
    case .compare: ["as", "margin", "unpaired", "by-depth"] + shared
    case .scale: ["depth", "preparation"] + shared
    case .stages: shared
    }
  }

  /// Reads a study file.
  ///
  /// - Throws: `StudyFileError` with the line, where there is one.
  package init(path: String) throws(StudyFileError) {
    try self.init(YAMLText(path: path))
  }

  init(_ text: YAMLText) throws(StudyFileError) {
    let path = text.path
    self.text = text.text
    var file = try YAMLMapping(text.root(), path: path, what: "a study")
    title =
      try file.text("title") ?? URL(filePath: path).deletingPathExtension().lastPathComponent
    runs = try file.text("runs")
    output = try file.text("output")
    notebooks = try file.text("notebooks")
    reports = try file.flag("reports", default: true)
    var models: [Model] = []
    for node in try file.list("models") { models.append(try Model(node, path)) }
    var corpora: [Corpus] = []
    for node in try file.list("corpora") { corpora.append(try Corpus(node, path)) }
    var survey: [Option] = []
    if let node = file.take("survey") {
      var mapping = try YAMLMapping(node, path: path, what: "survey")
      survey = try mapping.options(Self.surveyOptions, beside: [])
    }
    var questions: [Question] = []
    let names = models.map(\.name)
    for node in try file.list("analyses") {
      questions.append(try Question(node, path, models: names))
    }
    try file.end(
      known: [
        "title", "runs", "output", "notebooks", "reports", "models", "corpora", "survey",
        "analyses",
      ])
    for (what, names) in [("models", names), ("corpora", corpora.map(\.name))] {
      if names.isEmpty { throw StudyFileError(path: path, .absent(what)) }
      let twice = names.indices.first { names[..<$0].contains(names[$0]) }
      if let twice { throw StudyFileError(path: path, .sameName(names[twice])) }
    }
    (self.models, self.corpora) = (models, corpora)
    (self.survey, self.questions) = (survey, questions)
  }

  /// The last part of a path, without what tells its kind.
  fileprivate static func name(_ path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".gguf", ".jsonl", ".json", ".txt", ".csv"] where last.hasSuffix(ending) {
      return String(last.dropLast(ending.count))
    }
    return last
  }
}

extension StudyFile.Model {
  private static let keys = ["model", "name", "step"]

  fileprivate init(_ node: Node, _ path: String) throws(StudyFileError) {
    if case .scalar(let scalar) = node {
      self.init(
        name: StudyFile.name(scalar.string), path: scalar.string, step: nil, options: [])
      return
    }
    var mapping = try YAMLMapping(node, path: path, what: "a model")
    let model = try mapping.required("model")
    let name = try mapping.text("name")
    let step = try mapping.text("step")
    let number = step.flatMap { Int($0) }
    if step != nil, (number ?? -1) < 0 {
      throw StudyFileError(
        path: path, line: mapping.line, .wrongKind("step", expected: "a whole number from 0 on"))
    }
    let options = try mapping.options(StudyFile.modelOptions, beside: Self.keys)
    self.init(
      name: name ?? StudyFile.name(model), path: model, step: number, options: options)
  }
}

extension StudyFile.Corpus {
  private static let keys = ["corpus", "name"]

  fileprivate init(_ node: Node, _ path: String) throws(StudyFileError) {
    if case .scalar(let scalar) = node {
      self.init(name: StudyFile.name(scalar.string), paths: [scalar.string], options: [])
      return
    }
    var mapping = try YAMLMapping(node, path: path, what: "a corpus")
    let paths = try mapping.texts("corpus")
    guard let first = paths.first else {
      throw StudyFileError(path: path, line: mapping.line, .absent("corpus"))
    }
    let name = try mapping.text("name") ?? StudyFile.name(first)
    self.init(
      name: name, paths: paths,
      options: try mapping.options(StudyFile.corpusOptions, beside: Self.keys))
  }
}

extension StudyFile.Question {
  fileprivate init(
    _ node: Node, _ path: String, models known: [String]
  ) throws(StudyFileError) {
    var mapping = try YAMLMapping(node, path: path, what: "an analysis")
    let line = mapping.line
    var found: (kind: Kind, models: [String])?
    for kind in Kind.allCases {
      let models = try mapping.texts(kind.rawValue)
      if !models.isEmpty, found == nil { found = (kind, models == ["all"] ? known : models) }
    }
    guard let (kind, models) = found else {
      let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw StudyFileError(path: path, line: line, .absent("one of \(kinds)"))
    }
    let untrained = kind == .scale ? try mapping.texts("untrained") : []
    for name in models + untrained where !known.contains(name) {
      throw StudyFileError(path: path, line: line, .unknownModel(name, known: known))
    }
    self.init(
      kind: kind, models: models, untrained: untrained,
      options: try mapping.options(StudyFile.options(of: kind), beside: [kind.rawValue]),
      line: line ?? 0)
  }
}
