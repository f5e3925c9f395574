// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import IsobathRecord
import IsobathStudy

/// A study file as calls of the other subcommands, every one checked before the first begins.
struct StudyPlan {
  /// One model over one corpus.
  struct Cell {
    let model: StudyFile.Model
    let corpus: StudyFile.Corpus
    let run: String
    let survey: SurveyCommand
  }

  /// One question over one corpus.
  struct Asked {
    enum Command {
      case compare(CompareCommand)
      case scale(ScaleCommand)
      case stages(StagesCommand)
    }

    let title: String
    /// Of its report, in the study's folder.
    let name: String
    let command: Command
  }

  let file: StudyFile
  /// The study's report.
  let output: String
  /// Of the study's notebooks; nil for none.
  let notebooks: String?
  private(set) var cells: [Cell] = []
  private(set) var asked: [Asked] = []

  private let path: String
  private let stem: String
  private let runs: String

  init(_ file: StudyFile, path: String, threads: Int) throws {
    self.file = file
    self.path = path
    let url = URL(filePath: path)
    stem = Folder.safeName(url.deletingPathExtension().lastPathComponent, ifEmpty: "study")
    let base = url.deletingLastPathComponent().relativePath
    output = StudyPlan.resolved(file.output, in: base) ?? "Reports/\(stem)"
    notebooks = StudyPlan.resolved(file.notebooks, in: base)
    runs = StudyPlan.resolved(file.runs, in: base) ?? "runs/\(stem)"
    for corpus in file.corpora {
      for model in file.models {
        cells.append(try cell(model, corpus, base: base, threads: threads))
      }
      for question in file.questions { asked.append(try ask(question, over: corpus, threads)) }
    }
  }

  /// A path of the file, which is relative to the file's own folder.
  private static func resolved(_ path: String?, in base: String) -> String? {
    guard let path else { return nil }
    guard !path.hasPrefix("/"), base != "." else { return path }
    var parts: [Substring] = []
    for part in Folder.join(base, path).split(separator: "/") where part != "." {
      let climbs = part == ".." && parts.last.map { $0 != ".." } ?? false
      if climbs { parts.removeLast() } else { parts.append(part) }
    }
    return (base.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  private func run(_ model: String, _ corpus: StudyFile.Corpus) -> String {
    Folder.join(runs, Folder.safeName("\(model)-\(corpus.name)"))
  }

  private func cell(
    _ model: StudyFile.Model, _ corpus: StudyFile.Corpus, base: String, threads: Int
  ) throws -> Cell {
    // What is no path beside the file may be the id of a model on the hub.
    let beside = StudyPlan.resolved(model.path, in: base) ?? model.path
    let place = FileManager.default.fileExists(atPath: beside) ? beside : model.path
    let texts = corpus.paths.flatMap { path in
      ["--corpus", StudyPlan.resolved(path, in: base) ?? path]
    }
    let own = corpus.options.map(\.name)
    let options = file.survey.filter { !own.contains($0.name) } + corpus.options + model.options
    let threads = options.contains { $0.name == "threads" } ? [] : ["--threads", "\(threads)"]
    let run = run(model.name, corpus)
    let survey = try parse(SurveyCommand.self, "'\(model.name)' over '\(corpus.name)'") {
      [place] + texts + options.flatMap(\.arguments) + threads + ["--output", run]
    } check: { survey in
      _ = try survey.measure.preparations()
      _ = try survey.measure.orderList()
      _ = try survey.beside.companions
    }
    return Cell(model: model, corpus: corpus, run: run, survey: survey)
  }

  private func ask(
    _ question: StudyFile.Question, over corpus: StudyFile.Corpus, _ threads: Int
  ) throws -> Asked {
    let names = question.models
    let runs = names.map { run($0, corpus) }
    let kind = question.kind.rawValue
    var arguments = runs + question.options.flatMap(\.arguments)
    if !question.options.contains(where: { $0.name == "threads" }) {
      arguments += ["--threads", "\(threads)"]
    }
    let place = "\(kind) of line \(question.line)"
    let ends = [names.first, names.last].compactMap { $0 }
    let list = names.count > 4 ? ends.joined(separator: " … ") : names.joined(separator: ", ")
    switch question.kind {
    case .compare:
      guard let last = names.last, names.count > 1 else {
        throw StudyFileError(
          path: path, line: question.line,
          .wrongKind(kind, expected: "the base model, or seeds of it, and the model to compare"))
      }
      let base = names.count > 2 ? "\(names.count - 1) seeds" : names[0]
      return Asked(
        title: "\(last) against \(base) over \(corpus.name)",
        name: name("compare-\(last)-vs-\(names[0])", corpus),
        command: .compare(try parse(CompareCommand.self, place) { arguments }))
    case .scale:
      if !question.untrained.isEmpty {
        arguments += ["--untrained"] + question.untrained.map { run($0, corpus) }
      }
      return Asked(
        title: "Laws of size of \(list) over \(corpus.name)", name: name("scale", corpus),
        command: .scale(try parse(ScaleCommand.self, place) { arguments }))
    case .stages:
      let steps = names.compactMap { name in file.models.first { $0.name == name }?.step }
      if steps.count == names.count {
        arguments += ["--steps", steps.map(String.init).joined(separator: ",")]
      }
      return Asked(
        title: "Training of \(list) over \(corpus.name)", name: name("stages", corpus),
        command: .stages(try parse(StagesCommand.self, place) { arguments }))
    }
  }

  /// Two questions of one kind over one corpus have reports of their own.
  private func name(_ stem: String, _ corpus: StudyFile.Corpus) -> String {
    let first = Folder.safeName("\(stem)-\(corpus.name)")
    let taken = asked.map(\.name)
    let names = [first] + (2...1000).map { "\(first)-\($0)" }
    return names.first { !taken.contains($0) } ?? first
  }

  private func parse<Command: ParsableCommand>(
    _ type: Command.Type, _ place: String, _ arguments: () -> [String],
    check: (Command) throws -> Void = { _ in }
  ) throws -> Command {
    do {
      let command = try Command.parse(arguments())
      try check(command)
      return command
    } catch let error as StudyFileError {
      throw error
    } catch {
      let message = Command.message(for: error).split(separator: "\n").first.map(String.init) ?? ""
      throw StudyFileError(path: path, .option("\(place): \(message)"))
    }
  }
}
